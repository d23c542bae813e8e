/**
 * The codes of the register. Codes are permanent and travel in open data; their names are words (`institutions` words, `code.…`).
 * Facets follow those of the region's register of museums: country, type, collection, ownership, services, entry, accessibility.
 */
export const institutionKinds = ['museum', 'archaeological-park', 'ministry', 'university', 'association', 'archive-library', 'site', 'other'] as const
export const legalKinds = ['public', 'mixed', 'private-nonprofit', 'private', 'community'] as const
export const institutionTypes = [
  'art', 'archaeology', 'history', 'ethnography', 'science', 'natural-history', 'general', 'specialised', 'house', 'site', 'children', 'eco-community', 'other',
] as const
export const collectionKinds = [
  'archaeology', 'fine-art', 'contemporary-art', 'decorative-art', 'popular-art', 'textiles', 'ceramics', 'ethnography', 'history', 'numismatics', 'photography',
  'documents', 'library', 'music', 'science-technology', 'natural-history', 'palaeontology', 'industrial', 'religious', 'intangible', 'audiovisual', 'living',
] as const
export const services = [
  'guided-visits', 'education-programme', 'library', 'archive', 'auditorium', 'temporary-exhibitions', 'conservation-workshop', 'research', 'shop', 'cafe', 'wifi',
  'audio-guide', 'online-collection', 'school-visits', 'room-hire', 'parking', 'lockers', 'internships', 'residencies',
] as const
/** Accessibility in detail: each can be looked for, none is implied by another. */
export const accessibilityFeatures = [
  'step-free-entrance', 'step-free-route', 'lift', 'accessible-toilet', 'wheelchair-loan', 'accessible-parking', 'seats-on-route', 'companion-free',
  'induction-loop', 'sign-language-guide', 'captions', 'tactile-objects', 'braille', 'large-print', 'audio-description', 'guide-dogs', 'easy-read', 'quiet-hours', 'relaxed-visits',
] as const
export const resources = ['inventory', 'digital-inventory', 'storage', 'climate-control', 'security-system', 'emergency-plan', 'museum-plan', 'own-building', 'internet'] as const
export const admissions = ['free', 'paid', 'free-some-days'] as const
export const sizeClasses = ['very-small', 'small', 'medium', 'large'] as const
export const institutionStates = ['draft', 'submitted', 'returned', 'listed', 'withdrawn', 'merged'] as const

export type InstitutionKind = (typeof institutionKinds)[number]
export type LegalKind = (typeof legalKinds)[number]
export type InstitutionType = (typeof institutionTypes)[number]
export type CollectionKind = (typeof collectionKinds)[number]
export type Service = (typeof services)[number]
export type AccessibilityFeature = (typeof accessibilityFeatures)[number]
export type Resource = (typeof resources)[number]
export type Admission = (typeof admissions)[number]
export type SizeClass = (typeof sizeClasses)[number]
export type InstitutionState = (typeof institutionStates)[number]
