import { Chart } from '../chart/chart.tsx'
import { Map } from '../chart/map.tsx'
import { Timeline } from '../chart/timeline.tsx'
import { Picture } from '../picture/picture.tsx'
import { useFormats, useReader, useWords } from '../reader.ts'
import { Section } from './section.tsx'
import { galleryWords } from './words/index.ts'

export function Drawings() {
  const t = useWords(galleryWords)
  const { assets } = useReader()
  const { countryName, months } = useFormats()
  return (
    <>
      <Section id="charts" title={t('section.charts')}>
        <Chart
          id="by-country"
          kind="bars"
          title={t('chart.bars')}
          description={t('chart.bars-about')}
          labelName={t('chart.country')}
          labels={['BR', 'MX', 'PE', 'UY'].map(countryName)}
          series={[{ name: t('chart.museums'), values: [3890, 1410, 320, null] }]}
        />
        <Chart
          id="by-year"
          kind="stacked"
          title={t('chart.stacked')}
          description={t('chart.stacked-about')}
          labelName={t('chart.year')}
          labels={['2019', '2020', '2021', '2022', '2023', '2024', '2025']}
          series={[
            { name: t('chart.courses'), values: [40, 38, 44, 50, 53, 58, 60] },
            { name: t('chart.internships'), values: [12, 8, 20, 31, 36, 44, 57] },
            { name: t('chart.meetings'), values: [5, 0, 0, 9, 12, 11, 14] },
          ]}
        />
        <Chart
          id="by-month"
          kind="lines"
          title={t('chart.lines')}
          description={t('chart.lines-about')}
          labelName={t('chart.month')}
          labels={months().map((name) => name.slice(0, 3))}
          series={[
            { name: t('museum.salt'), values: [820, 910, 700, 860, 1010, 1380, 1720, 1500, 1120, 990, 870, 600] },
            { name: t('museum.reed'), values: [410, 380, 450, 520, null, 690, 930, 880, 640, 510, 490, 300] },
          ]}
        />
        <Chart
          id="columns"
          kind="columns"
          title={t('chart.stacked')}
          description={t('chart.stacked-about')}
          labelName={t('chart.year')}
          labels={['2023', '2024', '2025']}
          series={[
            { name: t('chart.courses'), values: [53, 58, 60] },
            { name: t('chart.internships'), values: [36, 44, 57] },
          ]}
        />
      </Section>
      <Section id="map" title={t('section.map')}>
        <Map
          id="museums"
          title={t('map.title')}
          description={t('map.about')}
          frame={[-118, -56, -34, 33]}
          countries={['PE', 'BR', 'MX', 'CL', 'CO', 'UY'].map((code) => ({
            code,
            dye: 'indigo' as const,
            value: t('map.member'),
          }))}
          points={[
            {
              latitude: -13.3,
              longitude: -72.16,
              name: t('museum.salt'),
              where: t('museum.city'),
              target: { href: '#map' },
            },
            {
              latitude: -12.97,
              longitude: -38.5,
              name: t('museum.reed'),
              where: t('museum.city2'),
              target: { href: '#map' },
            },
            {
              latitude: 17.06,
              longitude: -96.72,
              name: t('museum.mask'),
              where: t('museum.city3'),
              target: { href: '#map' },
            },
          ]}
        />
      </Section>
      <Section id="timeline" title={t('section.timeline')}>
        <Timeline
          label={t('timeline.label')}
          from="2008-01-01"
          to="2027-01-01"
          rows={[
            {
              name: countryName('PE'),
              intervals: [
                { from: '2009-04-01', to: '2012-01-01', name: t('timeline.observer'), dye: 'ochre' },
                { from: '2012-01-01', to: null, name: t('timeline.member') },
              ],
            },
            { name: countryName('BR'), intervals: [{ from: '2008-06-01', to: null, name: t('timeline.member') }] },
            {
              name: countryName('UY'),
              intervals: [
                { from: '2010-01-01', to: '2016-07-01', name: t('timeline.member') },
                { from: '2019-03-01', to: null, name: t('timeline.member') },
              ],
            },
          ]}
        />
      </Section>
      <Section id="picture" title={t('section.picture')}>
        <Picture
          sources={[{ type: 'image/jpeg', sizes: [{ src: assets('sample.svg'), width: 960 }] }]}
          width={960}
          height={480}
          alt={t('picture.alt')}
          credit={t('picture.credit')}
          rights={{ name: t('form.rights'), href: 'https://creativecommons.org/licenses/by/4.0/' }}
          caption={t('picture.caption')}
        />
      </Section>
    </>
  )
}
