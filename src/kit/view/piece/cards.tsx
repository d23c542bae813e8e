import type { ComponentChildren } from 'preact'
import { Link, type Target } from '../address.tsx'

/** A list of things, each a card; two or three beside each other where there is room. */
export function Cards({ children, columns = 2 }: { children: ComponentChildren; columns?: 1 | 2 | 3 }) {
  return <ul class={`cards cards-${columns}`}>{children}</ul>
}

type CardProps = {
  title: ComponentChildren
  target?: Target
  /** Above the title: what it is, or its state. */
  kicker?: ComponentChildren
  /** Below the title: where, when, whose. */
  meta?: ComponentChildren
  picture?: ComponentChildren
  /** The room whose dye the card carries. */
  room?: string
  level?: 2 | 3 | 4
  children?: ComponentChildren
}

export function Card({ title, target, kicker, meta, picture, room, level = 3, children }: CardProps) {
  const Heading = `h${level}` as 'h3'
  return (
    <li class={room ? `card dye-${room}` : 'card'}>
      {picture ? <div class="card-picture">{picture}</div> : null}
      <div class="card-text">
        {kicker ? <div class="card-kicker">{kicker}</div> : null}
        <Heading class="card-title">{target ? <Link target={target}>{title}</Link> : title}</Heading>
        {meta ? <div class="card-meta">{meta}</div> : null}
        {children}
      </div>
    </li>
  )
}
