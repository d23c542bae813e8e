import './addresses.ts'
import { get, page, room } from '#kit/http'
import { Home } from './views/home.tsx'
import { words } from './words/index.ts'

export const routes = room('front', words, [get('home', '/', () => page(<Home />))])
