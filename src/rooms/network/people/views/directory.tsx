import { A, Button, Field, Form, Page, Table, useFormats, useReader, useWords, type Typed } from '#kit/view'
import type { Person, Topic } from '../queries.ts'
import { directoryPage, willingness } from '../rules.ts'
import { words } from '../words/index.ts'

export type DirectoryProps = {
  people: readonly Person[]
  total: number
  page: number
  topics: readonly Topic[]
  countries: readonly string[]
  typed: Typed
  asked: boolean
}

/** The public directory: only who chose to be in it, and only what they chose to show. */
export function DirectoryPage({ people, total, page, topics, countries, typed, asked }: DirectoryProps) {
  const t = useWords(words)
  const { countryName } = useFormats()
  const { address } = useReader()
  const plain = Object.fromEntries(Object.entries(typed).filter(([name]) => name !== 'page')) as Record<string, string>
  return (
    <Page title={t('directory.title')} lead={t('directory.lead')} description={t('directory.description')}>
      <Form
        method="get"
        action={address('network.directory')}
        typed={typed}
        buttons={<Button>{t('directory.search')}</Button>}
      >
        <Field kind="search" name="q" label={t('directory.words')} />
        {topics.length > 0 ? (
          <Field
            kind="select"
            name="topic"
            label={t('directory.topic')}
            options={topics.map(({ id, label }) => ({ value: id, label }))}
          />
        ) : null}
        <Field
          kind="select"
          name="willing"
          label={t('directory.willing')}
          options={willingness.map((value) => ({ value, label: t(`willing.${value}`) }))}
        />
        <Field kind="country" name="country" label={t('field.country')} countries={countries} />
      </Form>
      {total > 0 ? <p>{t('directory.count', { count: total })}</p> : null}
      <Table
        caption={t('directory.table')}
        captionUnseen
        responsive
        rows={people}
        empty={<p>{asked ? t('directory.empty') : t('directory.empty-all')}</p>}
        columns={[
          {
            id: 'name',
            head: t('directory.name'),
            names: true,
            cell: (one) =>
              one.publicProfile ? (
                <A to="network.person" with={{ id: one.id }}>
                  <bdi>{one.name}</bdi>
                </A>
              ) : (
                <bdi>{one.name}</bdi>
              ),
          },
          { id: 'profession', head: t('field.profession'), cell: (one) => <bdi>{one.profession}</bdi> },
          { id: 'place', head: t('directory.place'), cell: (one) => <Places of={one} /> },
          {
            id: 'country',
            head: t('field.country'),
            cell: (one) => (one.countryCode ? countryName(one.countryCode) : ''),
          },
          { id: 'topics', head: t('person.topics'), cell: (one) => one.topics.join(', ') },
          {
            id: 'willing',
            head: t('directory.willing'),
            cell: (one) => one.willingTo.map((each) => t(`willing.${each}`)).join(', '),
          },
        ]}
      />
      <p class="ways-on">
        {page > 1 ? (
          <A to="network.directory" query={{ ...plain, page: page - 1 }} rel="prev">
            {t('directory.previous')}
          </A>
        ) : null}{' '}
        {page * directoryPage < total ? (
          <A to="network.directory" query={{ ...plain, page: page + 1 }} rel="next">
            {t('directory.next')}
          </A>
        ) : null}
      </p>
    </Page>
  )
}

function Places({ of }: { of: Person }) {
  return (
    <>
      {of.institutions.map((one, at) => (
        <>
          {at > 0 ? ', ' : ''}
          <span lang={one.language}>{one.name}</span>
        </>
      ))}
    </>
  )
}

/** A person, as they chose to be seen, or as one's part lets one see them. */
export function PersonPage({ person, mayEdit }: { person: Person; mayEdit: boolean }) {
  const t = useWords(words)
  const { countryName } = useFormats()
  const facts = [
    [t('field.profession'), person.profession ? <bdi>{person.profession}</bdi> : null],
    [t('person.work'), person.institutions.length > 0 ? <Places of={person} /> : null],
    [t('field.country'), person.countryCode ? countryName(person.countryCode) : null],
    [t('person.topics'), person.topics.length > 0 ? person.topics.join(', ') : null],
    [
      t('person.willing'),
      person.willingTo.length > 0 ? person.willingTo.map((one) => t(`willing.${one}`)).join(', ') : null,
    ],
  ] as const
  return (
    <Page
      title={person.name}
      crumbs={[{ to: 'network.directory', name: t('directory.title') }]}
      primary={
        mayEdit ? (
          <A to="network.edit-person" with={{ id: person.id }}>
            {t('person.edit')}
          </A>
        ) : null
      }
      {...(person.publicProfile
        ? {
            jsonLd: {
              '@context': 'https://schema.org',
              '@type': 'Person',
              name: person.name,
              jobTitle: person.profession || undefined,
              affiliation: person.institutions.map(({ name }) => ({ '@type': 'Museum', name })),
            },
          }
        : { robots: 'noindex' as const })}
    >
      {person.publicProfile ? null : <p class="hint">{t('person.not-public')}</p>}
      {person.invented ? <p class="remark">{t('person.invented')}</p> : null}
      <dl class="facts">
        {facts.map(([name, value]) =>
          value ? (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ) : null,
        )}
      </dl>
    </Page>
  )
}
