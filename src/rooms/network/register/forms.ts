import { z } from 'zod'
import { shapes } from '#kit/http'

/** What a key is for. */
export const keyForm = z.object({ label: shapes.line(120) })
export const emptyForm = z.object({})

/** How many a page, as a program asks it; what is no number reads as the usual. */
export function pageFrom(query: URLSearchParams, name: 'page' | 'per_page', usual: number, most: number): number {
  const asked = query.get(name)
  return asked !== null && /^\d{1,6}$/u.test(asked) ? Math.min(most, Math.max(1, Number(asked))) : usual
}

/** A part of the map, `west,south,east,north` in degrees; null when it is none. */
export function boundsFrom(text: string | null): { south: number; west: number; north: number; east: number } | null {
  const parts = (text ?? '').split(',').map(Number)
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = parts
  const sound = parts.length === 4 && parts.every(Number.isFinite) && west < east && south < north
  if (!sound || Math.abs(west) > 200 || Math.abs(east) > 200 || Math.abs(south) > 91 || Math.abs(north) > 91)
    return null
  return { south, west, north, east }
}
