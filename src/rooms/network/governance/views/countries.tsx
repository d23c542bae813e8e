import type { Verdict } from '#kit/access'
import { A, ButtonLink, Card, Cards, Facts, Page, T, Table, useFormats, useWords } from '#kit/view'
import type { CountryDetail, CountryRow } from '../queries.ts'
import { words } from '../words/index.ts'
import { Period, PersonName } from './pieces.tsx'

/** The countries: what each is to the network on a day, and how many institutions it vouches for. */
export function Countries({ countries, mayManage }: { countries: CountryRow[]; mayManage: Verdict }) {
  const t = useWords(words)
  const formats = useFormats()
  return (
    <Page
      title={t('country.list-title')}
      lead={t('country.list-lead')}
      crumbs={[{ to: 'network.governance', name: t('page.title') }]}
      primary={mayManage.allowed ? <ButtonLink to="network.enter-country">{t('do.enter-country')}</ButtonLink> : null}
    >
      <Table
        caption={t('country.list-title')}
        captionUnseen
        responsive
        empty={t('country.list-empty')}
        rows={[...formats.sorted(countries, ({ code }) => formats.countryName(code))]}
        columns={[
          {
            id: 'country',
            head: t('field.country'),
            names: true,
            cell: (row) => (
              <A to="network.country" with={{ code: row.code.toLowerCase() }}>
                {formats.countryName(row.code)}
              </A>
            ),
          },
          {
            id: 'status',
            head: t('country.status'),
            cell: (row) => (row.kind ? t(`membership.${row.kind}`) : <span class="quiet">{t('country.none')}</span>),
          },
          {
            id: 'institutions',
            head: t('country.institutions'),
            figures: true,
            cell: (row) => formats.number(row.institutions),
          },
        ]}
      />
    </Page>
  )
}

/** A country: its part in the network over time, who answers for its register, its definition, laws and figures. */
export function CountryPage({
  country,
  mayEdit,
  typeName,
}: {
  country: CountryDetail
  mayEdit: Verdict
  typeName: (code: string) => string
}) {
  const t = useWords(words)
  const formats = useFormats()
  const name = formats.countryName(country.code)
  const code = { code: country.code.toLowerCase() }
  return (
    <Page
      title={name}
      lead={t('country.lead', { country: name })}
      crumbs={[
        { to: 'network.governance', name: t('page.title') },
        { to: 'network.countries', name: t('country.list-title') },
      ]}
      primary={
        mayEdit.allowed ? (
          <ButtonLink to="network.describe-country" with={code}>
            {t('do.describe-country')}
          </ButtonLink>
        ) : null
      }
      aside={
        <Facts
          narrow
          of={[
            { term: t('country.institutions'), value: formats.number(country.institutions) },
            { term: t('page.languages'), value: formats.list(country.workingLanguages.map(formats.languageName)) },
            {
              term: t('country.officers'),
              value:
                country.officers.length === 0
                  ? null
                  : country.officers.map((officer) => (
                      <div>
                        <PersonName name={officer.name} />
                      </div>
                    )),
              absent: t('country.officers-none'),
            },
          ]}
        />
      }
    >
      {country.introduction ? <T of={country.introduction} as="div" level={3} /> : null}
      <h2>{t('country.membership')}</h2>
      {country.memberships.length === 0 ? <p>{t('country.membership-none', { country: name })}</p> : null}
      <ul>
        {country.memberships.map((one) => (
          <li>
            {t(`membership.${one.kind}`)}, <Period valid={one.valid} beginIsKnown={one.beginIsKnown} />
            {one.decisionCode && one.decisionPublic ? (
              <>
                {' · '}
                <A
                  to="network.decision"
                  with={{ code: one.decisionCode }}
                >{`${t('membership.decision')} ${one.decisionCode}`}</A>
              </>
            ) : one.source ? (
              <span class="quiet">{` · ${t('membership.source')}: ${one.source}`}</span>
            ) : null}
          </li>
        ))}
      </ul>
      <h2>{t('country.sits')}</h2>
      {country.seats.length === 0 ? <p class="quiet">{t('country.sits-none')}</p> : null}
      <ul>
        {country.seats.map((seat) => (
          <li>
            <PersonName name={seat.name} /> · {t(`office.${seat.office as 'delegate'}`)},{' '}
            <A to="network.body" with={{ code: seat.bodyCode }}>
              <T of={seat.bodyName} />
            </A>
          </li>
        ))}
      </ul>
      <h2>{t('country.definition')}</h2>
      {country.definition ? (
        <T of={country.definition} as="div" level={3} />
      ) : (
        <p class="quiet">{t('country.definition-none')}</p>
      )}
      {country.definitionSource ? <p>{t('country.definition-source', { source: country.definitionSource })}</p> : null}
      <p class="quiet">{t(country.editsAreReviewed ? 'country.reviewed' : 'country.not-reviewed')}</p>
      <h2>{t('country.laws')}</h2>
      {country.laws.length === 0 ? <p class="quiet">{t('country.laws-none')}</p> : null}
      <Cards>
        {country.laws.map((law) => (
          <Card
            title={<T of={law.title} />}
            kicker={t(`law.${law.kind as 'law'}`)}
            meta={law.adoptedOn ? t('law.adopted', { date: formats.date(law.adoptedOn) }) : null}
          >
            {law.summary ? <T of={law.summary} as="div" /> : null}
            {law.url ? (
              <p>
                <a href={law.url}>{t('law.read')}</a>
              </p>
            ) : null}
          </Card>
        ))}
      </Cards>
      {mayEdit.allowed ? (
        <p class="buttons">
          <ButtonLink kind="second" to="network.enter-law" with={code}>
            {t('do.enter-law')}
          </ButtonLink>
        </p>
      ) : null}
      {country.byType.length > 0 ? (
        <Table
          caption={t('country.by-type')}
          rows={country.byType}
          columns={[
            {
              id: 'type',
              head: t('country.by-type'),
              names: true,
              cell: (row) => (row.type ? typeName(row.type) : '—'),
            },
            { id: 'count', head: t('country.institutions'), figures: true, cell: (row) => formats.number(row.count) },
          ]}
        />
      ) : null}
    </Page>
  )
}
