import type { FieldVocabulary } from '#kit/import'
import type { Field } from './fields.ts'

type Entry = Omit<FieldVocabulary, 'field'>

/** `a, b, c` as a list. */
const spoken = (strings: TemplateStringsArray): string[] => listed(strings.join(''))

const listed = (text: string): string[] => text.split(',').map((word) => word.trim())

/** For each code the words that mean it, turned round: word → code. */
const coded = (table: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(table).flatMap(([code, words]) => listed(words).map((word) => [word, code])))

const numbers = ['latitude', 'longitude', 'number'] as const

/**
 * What the headers of registers call each field, in Spanish, Portuguese and English, in plain words (no accents, no
 * capitals), and what its cells look like. Gathered from the registers of the region and from OpenStreetMap and Wikidata.
 */
const entries: Partial<Record<Field, Entry>> = {
  identifier: {
    words: spoken`id, codigo, cod, clave, pk, uuid, uid, identificador, museo id, id museo, codigo museo, codigo do museu,
      codigo del recurso, id entidad, item, numero de registro, nro registro, registro, numero de registo, code,
      identifier, register number, ref`,
    never: ['long-text', 'e-mail', 'html', 'latitude', 'date'],
  },
  name: {
    words: spoken`nombre, nome, name, museo, museu, museum, denominacion, denominacao, titulo, title, label, item label,
      itemlabel, razon social, nombre del museo, nome do museu, museum name, nombre de la institucion,
      nome da instituicao, institucion, instituicao, institution, organization name`,
    never: ['number', 'web-address', 'e-mail', 'long-text', 'date', 'yes-or-no', 'item'],
  },
  'name-short': {
    words: spoken`sigla, siglas, acronimo, nombre corto, nome curto, short name, acronym, nombre abreviado`,
  },
  'name-former': {
    words: spoken`nombre anterior, nome anterior, old name, former name, nombre antiguo, denominacion anterior`,
  },
  'legal-kind': {
    words: spoken`jurisdiccion, titularidad, gestion, naturaleza juridica, natureza administrativa, natureza juridica,
      esfera administrativa, tipo de gestion, regimen, personeria, propiedad, propriedade, dependencia, museum type,
      ownership, operator type, sector, tutela tipo, legal status`,
    never: ['number', 'web-address', 'long-text'],
  },
  type: {
    words: spoken`tipologia, tematica, tipo, tipo de museo, tipo de museu, tipo de coleccion, tipo de colecao, tipo de acervo,
      categoria, genero, museum, subject, type, tematica n1, museo tematica n1, clasificacion, classificacao`,
    never: ['number', 'web-address', 'long-text'],
  },
  'governing-body': {
    words: spoken`adscripcion, institucion responsable, organismo responsable, entidad responsable, entidade responsavel, tutela,
      administrador, propietario, operator, operador, organismo, governing body, mantenedora, entidade mantenedora,
      institucion de la que depende, dependencia administrativa, gestor, entidad gestora, titular, owner`,
    never: ['number', 'web-address', 'e-mail', 'yes-or-no'],
  },
  country: { words: spoken`pais, country, nacion, codigo pais, country code`, never: ['number'] },
  region: {
    words: spoken`region, regiao, provincia, estado, departamento, departamento administrativo, entidad federativa, nom ent, uf,
      distrito federal, comunidad autonoma, province, state, nombre estado, entidad, county, district`,
    never: ['number', 'web-address', 'long-text', 'telephone'],
  },
  city: {
    words: spoken`ciudad, cidade, city, localidad, localidade, municipio, comuna, canton, distrito, concelho, poblacion, town,
      locality, nom loc, nom mun, addr city, nombre municipio`,
    never: ['number', 'web-address', 'long-text', 'telephone'],
  },
  address: {
    words: spoken`direccion, domicilio, endereco, morada, address, calle, calle numero, calle y numero, rua, logradouro, street,
      street address, addr street, ubicacion, nombre via, direccion postal, vialidad`,
    never: ['number', 'web-address', 'e-mail', 'long-text', 'point'],
  },
  postcode: {
    words: spoken`codigo postal, cp, cep, c p, cod postal, postcode, postal code, addr postcode, zip, zip code, codigo p,
      museo cp`,
    never: ['web-address', 'long-text', 'latitude'],
  },
  latitude: {
    words: spoken`latitud, latitude, lat, gmaps latitud, geo lat, coordenada latitud, geometry latitude`,
    looks: [...numbers],
  },
  longitude: {
    words: spoken`longitud, longitude, lon, lng, long, gmaps longitud, geo long, coordenada longitud, geometry longitude`,
    looks: [...numbers],
  },
  point: {
    words: spoken`geo, coordenadas, coordinates, georreferencia, georeferencia, geolocalizacion, geolocalizacao, lat lng,
      lat long, coords, point`,
    looks: ['point'],
    alone: ['point'],
  },
  easting: { words: spoken`coordenada x, utm x, x, este, easting, x utm, coord x`, looks: ['utm'] },
  northing: { words: spoken`coordenada y, utm y, y, norte, northing, y utm, coord y`, looks: ['utm'] },
  zone: { words: spoken`zona utm, huso, utm zone, fuso, zona` },
  precision: {
    words: spoken`precision, tipo latitud longitud, tipolatitudlongitud, precisao, accuracy`,
    never: ['number'],
  },
  founded: {
    words: spoken`ano de inauguracion, ano inauguracion, ano de apertura, ano de fundacion, fecha de fundacion, fecha fundacion,
      museo fecha fundacion, ano de abertura, ano de criacao, ano de fundacao, data de criacao, data de abertura,
      inauguracion, fundacion, inauguracao, founded, inception, start date, opening date, year founded,
      ano de creacion, fecha de creacion, fecha de apertura`,
    looks: ['year', 'date'],
  },
  website: {
    words: spoken`web, pagina web, sitio web, website, site, url, pagina, homepage, sitio, endereco eletronico, direccion web,
      content url, contact website, pagina web2`,
    looks: ['web-address'],
  },
  email: {
    words: spoken`mail, email, e mail, correo, correo electronico, contact email, email institucional`,
    looks: ['e-mail'],
    alone: ['e-mail'],
  },
  telephone: {
    words: spoken`telefono, telefone, tel, phone, telephone, fono, contact phone, telefonos, telfono1, celular, telefono 1`,
    looks: ['telephone'],
  },
  opening: {
    words: spoken`horario, horarios, horario de atencion, horario de funcionamento, dias y horarios, opening hours, opening,
      schedule, horario de apertura, horario de visita`,
    never: ['number', 'web-address'],
  },
  'admission-note': {
    words: spoken`entrada, tarifa, tarifas, precio, ingreso, ingresso, costo, valor de ingreso, admission, fee, preco, admision,
      bilheteira, charge`,
    never: ['web-address'],
  },
  services: {
    words: spoken`servicios, servicos, services, equipamiento, equipamento, facilities, instalaciones`,
    never: ['long-text'],
  },
  accessible: {
    words: spoken`accesibilidad, acessibilidade, accessibility, accesible, acessivel, wheelchair, silla de ruedas, accesibility`,
    looks: ['yes-or-no'],
  },
  'accessibility-note': { words: spoken`accesibilidad, acessibilidade, accessibility`, never: ['yes-or-no', 'number'] },
  description: {
    words: spoken`descripcion, descricao, description, resena, presentacion, apresentacao, historia, texto, resumen, resumo,
      descripcion entidad, organization desc, about, semblanza`,
    never: ['number', 'web-address'],
  },
  collections: {
    words: spoken`colecciones, colecoes, collections, acervo, acervos, fondos, coleccion, colecao`,
    never: ['number', 'web-address'],
  },
  'national-register': {
    words: spoken`numero de registro nacional, registro nacional, inscripcion en el registro, cadastro ibram, codigo ibram`,
  },
  isil: { words: spoken`isil, codigo isil` },
  wikidata: {
    words: spoken`wikidata, id wikidata, item wikidata, qid`,
    looks: ['item', 'item-address'],
    alone: ['item', 'item-address'],
  },
  osm: { words: spoken`osm, osm id, id osm, openstreetmap` },
}

/** The vocabulary for `suggestFields`. */
export const vocabulary: readonly FieldVocabulary[] = Object.entries(entries).map(([field, entry]) => ({
  field,
  ...entry,
}))

/** The words of registers for codes of ours, in plain words; '' is a way to say that it is not known. */
export const valueWords: Partial<Record<Field, Record<string, string>>> = {
  'legal-kind': coded({
    public: `municipal, provincial, nacional, estatal, estadual, federal, publica, publico, public, regional, departamental,
      distrital, national, government, public government, universitaria publica, universitaria, militar`,
    private: `privada, privado, private, particular`,
    'private-nonprofit': `sin fines de lucro, sem fins lucrativos, fundacion, fundacao, asociacion, associacao, ong`,
    mixed: `mixta, mista, mixto, misto, mixed`,
    community: `comunitario, comunitaria, community`,
    '': `s d, sin datos, nd, no informa, nao informado, desconocido`,
  }),
  type: coded({
    art: `arte, artes, art, bellas artes, belas artes, artes visuales, arte contemporaneo`,
    history: `historia, historico, history`,
    archaeology: `arqueologia, arqueologico, archaeology`,
    ethnography: `antropologia, etnografia, etnografico, ethnography, antropologia y etnografia`,
    science: `ciencia, ciencia y tecnologia, ciencia e tecnologia, ciencias, science, technology`,
    'natural-history': `ciencias naturales, historia natural, nature`,
    general: `general, general e hibrido, geral`,
    specialised: `especializado, especializada, tematico, military, railway`,
    house: `casa museo, casas museo, museu casa`,
    site: `museos de sitio, museo de sitio, sitio`,
    children: `infantil, ninos, children`,
    'eco-community': `comunitario, ecomuseo, ecomuseu`,
    other: `otro, otros, outros`,
    '': `tnd, sin datos, s d`,
  }),
  precision: coded({
    exact: `localizacion precisa, exacta, precisa, exact`,
    approximate: `centroide por proximidad, aproximada, approximate`,
    city: `localizacion centroide de la localidad, centroide de la localidad, localidad, city`,
  }),
  kind: coded({
    museum: `museo, museos, museu, museum`,
    'archaeological-park': `sitio arqueologico, parque arqueologico`,
    'archive-library': `archivo, biblioteca`,
  }),
  admission: coded({
    free: `gratuita, gratuito, gratis, libre, free, no`,
    paid: `paga, pago, paid, si, yes`,
  }),
}
