// What the browser tests ask of a page, run inside of it. Plain JavaScript without timers or modules, so that it also
// answers where a page's scripts are switched off.
globalThis.quipu = (() => {
  const wayTo = (element) => {
    const names = []
    for (let at = element; at && at !== document.documentElement && names.length < 4; at = at.parentElement) {
      const kind = at.getAttribute('class')?.trim().split(/\s+/)[0]
      names.unshift(at.localName + (at.id ? `#${at.id}` : kind ? `.${kind}` : ''))
    }
    return names.join(' > ')
  }

  /** Clipped to a point for eyes, and meant for screen readers. */
  const isUnseen = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const box = at.getBoundingClientRect()
      const style = getComputedStyle(at)
      if (style.overflow !== 'visible' && (box.width <= 2 || box.height <= 2)) return true
      if (style.clip !== 'auto' && style.position === 'absolute') return true
      if (style.visibility === 'hidden' || style.display === 'none' || style.opacity === '0') return true
    }
    return false
  }

  /** Does it, or what holds it, scroll by itself? */
  const inFrame = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX)) return at
    }
    return null
  }

  /** Within a closed `details`, of which only its own summary is seen. */
  const isFolded = (element) => {
    for (let at = element.closest('details:not([open])'); at; at = at.parentElement.closest('details:not([open])')) {
      if (element.closest('summary')?.parentElement !== at) return true
    }
    return false
  }

  /** It stays in the window while the page scrolls beneath it. */
  const staysInSight = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (/fixed|sticky/.test(getComputedStyle(at).position)) return true
    }
    return false
  }

  const texts = () => {
    const found = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.data.trim()
      const parent = node.parentElement
      if (text === '' || parent.closest('script,style,template,noscript,option,textarea,svg title,svg desc')) continue
      if (isFolded(parent)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      found.push({
        node,
        text,
        parent,
        boxes: [...range.getClientRects()].filter((box) => box.width > 0.5 && box.height > 0.5),
      })
    }
    return found
  }

  return {
    /** What sticks out sideways: the page must not scroll that way, except inside a frame of its own. */
    sideways() {
      const wide = document.documentElement.clientWidth
      const whole = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)
      if (whole <= wide + 1) return []
      const out = [...document.body.querySelectorAll('*')].filter((element) => {
        const box = element.getBoundingClientRect()
        return (
          (box.right > wide + 1 || box.left < -1) &&
          box.width > 0 &&
          !inFrame(element.parentElement) &&
          !isUnseen(element)
        )
      })
      return [`${whole} px wide on ${wide} px: ${out.slice(0, 5).map(wayTo).join('; ')}`]
    },

    /** The seen texts, as they stand. */
    seen: () =>
      texts()
        .filter(({ boxes, parent }) => boxes.length > 0 && !isUnseen(parent))
        .map(({ text }) => text),

    /** Texts that lie upon one another. */
    overlaps() {
      const lines = texts()
        .filter(({ parent }) => !isUnseen(parent) && !inFrame(parent) && !staysInSight(parent))
        .flatMap(({ text, parent, boxes }) => boxes.map((box) => ({ text, parent, box })))
        .sort((a, b) => a.box.top - b.box.top)
      const found = []
      for (let one = 0; one < lines.length; one++) {
        for (let other = one + 1; other < lines.length && lines[other].box.top < lines[one].box.bottom; other++) {
          const [a, b] = [lines[one].box, lines[other].box]
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
          if (across > 3 && down > 0.4 * Math.min(a.height, b.height) && lines[one].parent !== lines[other].parent) {
            found.push(
              `“${lines[one].text.slice(0, 40)}” and “${lines[other].text.slice(0, 40)}” (${wayTo(lines[other].parent)})`,
            )
          }
        }
      }
      return found.slice(0, 5)
    },

    /** Texts cut off by a box that neither grows nor scrolls. */
    clipped() {
      return [...document.body.querySelectorAll('*')]
        .filter((element) => {
          const style = getComputedStyle(element)
          if (
            !/hidden|clip/.test(style.overflowX + style.overflowY) ||
            isUnseen(element) ||
            element.localName === 'svg'
          )
            return false
          const tooTall = /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 3
          const tooWide = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 3
          return (tooTall || tooWide) && element.textContent.trim() !== '' && element.clientHeight > 2
        })
        .slice(0, 5)
        .map(wayTo)
    },

    /** How far the great parts of the page begin from the side where reading begins. */
    startEdges() {
      const right = document.documentElement.dir === 'rtl'
      const wide = document.documentElement.clientWidth
      const edges = {}
      for (const name of ['header', 'main', 'h1', 'aside', 'footer']) {
        const element = document.querySelector(name === 'h1' ? 'main h1' : name === 'aside' ? 'main aside' : name)
        const box = element?.getBoundingClientRect()
        if (box && box.width > 0) edges[name] = Math.round(right ? wide - box.right : box.left)
      }
      return {
        direction: getComputedStyle(document.body).direction,
        align: getComputedStyle(document.querySelector('h1')).textAlign,
        edges,
      }
    },

    /** The share of the window that things which do not scroll away cover. */
    covered() {
      const fixed = [...document.body.querySelectorAll('*')].filter(
        (element) => /fixed|sticky/.test(getComputedStyle(element).position) && !isUnseen(element) && !inFrame(element),
      )
      const height = fixed
        .map((element) => element.getBoundingClientRect())
        .filter((box) => box.top < innerHeight && box.bottom > 0)
        .reduce((sum, box) => sum + Math.min(box.height, innerHeight), 0)
      return height / innerHeight
    },

    /** What has the focus, whether that is drawn, and whether it is in the window. */
    focused() {
      const at = document.activeElement
      if (!at || at === document.body) return null
      const style = getComputedStyle(at)
      const drawn =
        (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none'
      const box = at.getBoundingClientRect()
      const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0
      return {
        way: wayTo(at),
        text: (at.getAttribute('aria-label') ?? at.innerText ?? '').trim().replace(/\s+/g, ' '),
        id: at.id,
        drawn,
        inside,
      }
    },
  }
})()
