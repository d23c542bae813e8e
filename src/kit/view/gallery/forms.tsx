import { Button } from '../form/button.tsx'
import type { Problem, Typed } from '../form/context.ts'
import { Field } from '../form/field.tsx'
import { FieldRow, Fieldset } from '../form/fieldset.tsx'
import { Form } from '../form/form.tsx'
import { Confirm } from '../piece/confirm.tsx'
import { useWords } from '../reader.ts'
import { salt } from './samples.ts'
import { Section } from './section.tsx'
import { galleryWords } from './words/index.ts'

const wrong: readonly Problem[] = [
  { field: 'name', words: 'kit.problem.required' },
  { field: 'opened', words: 'kit.problem.date' },
  { field: 'legal', words: 'kit.problem.choice-required' },
  { field: 'about.pt', words: 'kit.problem.required' },
  { field: 'budget', words: 'kit.problem.amount' },
  { field: 'accept', words: 'kit.problem.consent' },
]

const typed: Typed = {
  opened: '2026-02-31',
  'budget.amount': '2.500',
  'budget.currency': 'PEN',
  'about.es': 'Ocho siglos de sal.',
}

export function Forms() {
  const t = useWords(galleryWords)
  return (
    <>
      <Section id="form" title={t('section.form')}>
        <Form
          id="whole"
          label={t('section.form')}
          version={3}
          files
          buttons={
            <>
              <Button>{t('button.main')}</Button>
              <Button kind="second">{t('button.second')}</Button>
            </>
          }
        >
          <Field
            kind="text"
            name="name"
            label={t('form.name')}
            hint={t('form.name-hint')}
            value={t('museum.salt')}
            required
          />
          <Field
            kind="text-set"
            name="about"
            label={t('form.about')}
            languages={['es', 'pt', 'en', 'ar', 'qu', 'ay', 'gn', 'fr', 'ca']}
            working={['es', 'pt']}
            value={salt}
            required
          />
          <Field kind="long-text" name="note" label={t('type.third')} rows={3} />
          <FieldRow>
            <Field kind="date" name="opened" label={t('form.opened')} value="1987-05-18" required />
            <Field kind="month" name="month" label={t('form.month')} />
          </FieldRow>
          <Field
            kind="date-time"
            name="starts"
            label={t('form.starts')}
            value="2026-11-22T18:30"
            zone="America/Lima"
            required
          />
          <FieldRow>
            <Field kind="number" name="area" label={t('form.area')} unit="m²" value="420" />
            <Field kind="money" name="budget" label={t('form.budget')} currencies={['PEN', 'USD', 'BRL']} />
          </FieldRow>
          <FieldRow>
            <Field kind="email" name="email" label={t('form.email')} required />
            <Field kind="tel" name="phone" label={t('form.phone')} />
          </FieldRow>
          <Field kind="url" name="web" label={t('form.web')} value="https://museo.example" />
          <Field kind="password" name="password" label={t('form.password')} autocomplete="new-password" required />
          <Field kind="radios" name="legal" label={t('form.legal')} options={useLegal()} value="community" required />
          <Field
            kind="checkboxes"
            name="services"
            label={t('form.services')}
            value={['library']}
            options={[
              { value: 'library', label: t('form.library') },
              { value: 'shop', label: t('form.shop') },
              { value: 'garden', label: t('form.garden'), disabled: true },
            ]}
          />
          <Field
            kind="select"
            name="size"
            label={t('form.size')}
            options={[
              { value: 'small', label: t('form.small') },
              { value: 'large', label: t('form.large') },
            ]}
          />
          <Field kind="text" name="fixed" label={t('form.fixed')} value="PE-0412" disabled required />
          <Fieldset legend={t('form.place')}>
            <Field
              kind="country"
              name="country"
              label={t('filter.country')}
              countries={['PE', 'BR', 'MX', 'CL']}
              value="PE"
              required
            />
            <Field
              kind="coordinates"
              name="where"
              label={t('form.where')}
              value={{ latitude: '-13.3017', longitude: '-72.1553' }}
            />
          </Fieldset>
          <Field
            kind="lookup"
            name="part"
            label={t('form.part-of')}
            chosen={{ value: '1', label: t('form.office') }}
            found={[{ value: '2', label: t('form.office2') }]}
            suggestions={[t('form.office'), t('form.office2')]}
          />
          <Field
            kind="file"
            name="photo"
            label={t('form.photo')}
            accept={['image/jpeg', 'image/png']}
            limit={12_000_000}
            kept={{ name: 'sal-01.jpg', bytes: 2_480_000 }}
            describe={{}}
            rights={{
              options: [
                { value: 'by', label: t('form.rights') },
                { value: 'all', label: t('form.rights2') },
              ],
            }}
          />
          <Field kind="checkbox" name="accept" label={t('form.accept')} checked required />
        </Form>
      </Section>
      <Section id="wrong" title={t('section.wrong')}>
        <Form
          id="back"
          label={t('section.wrong')}
          problems={wrong}
          typed={typed}
          buttons={<Button>{t('button.main')}</Button>}
        >
          <Field kind="text" name="name" label={t('form.name')} hint={t('form.name-hint')} required />
          <Field kind="date" name="opened" label={t('form.opened')} required />
          <Field kind="radios" name="legal" label={t('form.legal')} options={useLegal()} required />
          <Field
            kind="text-set"
            name="about"
            label={t('form.about')}
            languages={['es', 'pt']}
            working={['es', 'pt']}
            rows={2}
            required
          />
          <Field kind="money" name="budget" label={t('form.budget')} currencies={['PEN', 'USD']} />
          <Field kind="checkbox" name="accept" label={t('form.accept')} required />
        </Form>
      </Section>
      <Section id="confirm" title={t('section.confirm')}>
        <Confirm
          id="ask"
          level={3}
          will={[t('confirm.one'), t('confirm.two')]}
          undo={t('confirm.undo')}
          verb={t('button.danger')}
          back={{ href: '#confirm' }}
          grave
        >
          <Field kind="text" name="reason" label={t('confirm.reason')} required />
        </Confirm>
      </Section>
    </>
  )
}

function useLegal() {
  const t = useWords(galleryWords)
  return [
    { value: 'public', label: t('form.public') },
    { value: 'private', label: t('form.private') },
    { value: 'community', label: t('form.community'), hint: t('form.community-hint') },
  ]
}
