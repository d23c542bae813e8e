/**
 * When a form comes back with problems, the summary takes the focus: a screen reader reads it first, and the next Tab
 * leads to the first link. Without script the summary still stands first, as an alert.
 */
const summary = document.querySelector<HTMLElement>('.summary[data-focus]')
if (summary && !location.hash) summary.focus()
