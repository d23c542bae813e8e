type Nothing = Record<never, string>
declare module '#kit/view' {
  interface Addresses {
    'front.home': Nothing
    'front.about': Nothing
    'front.accessibility': Nothing
    'front.search': Nothing
    'front.mine': Nothing
    'front.library': Nothing
    'front.enter-document': Nothing
    'front.news': Nothing
    'front.write-news': Nothing
    'front.news-item': { slug: string }
    'front.write-page': Nothing
    'front.page': { slug: string }
    'front.edit-page': { id: string }
    'front.news-feed': Nothing
  }
}
export {}
