import type { ImportFile } from '#kit/import'
import { emptyMapping, type InstitutionMapping } from '../mapping.ts'

/** A register of as many invented museums as asked, the same in every process. Every fifth has a wrong e-mail address. */
export const manyMuseums = (count: number): ImportFile => ({
  name: 'many.csv',
  async *open() {
    yield Buffer.from('id,nombre,ciudad,correo,lat,lon,fundado\n')
    for (let from = 0; from < count; from += 100) {
      const rows = Array.from({ length: Math.min(100, count - from) }, (_, index) => {
        const at = from + index
        const place = `${(-12 - (at % 50) / 100).toFixed(4)},${(-76 - (at % 70) / 100).toFixed(4)}`
        return `${at},Museo ${at % 997} de la Provincia,Ciudad ${at % 13},${at % 5 === 0 ? 'mal' : `m${at}@museo.pe`},${place},${1850 + (at % 170)}\n`
      })
      yield Buffer.from(rows.join(''))
    }
  },
})

export const manyMapping: InstitutionMapping = {
  ...emptyMapping('many', 'es'),
  rules: [
    { field: 'country', from: [], constant: 'PE' },
    { field: 'identifier', from: ['id'] },
    { field: 'name', from: ['nombre'] },
    { field: 'city', from: ['ciudad'] },
    { field: 'email', from: ['correo'], onProblem: 'empty' },
    { field: 'latitude', from: ['lat'] },
    { field: 'longitude', from: ['lon'] },
    { field: 'founded', from: ['fundado'] },
  ],
}
