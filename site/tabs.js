// Tabs (ARIA Authoring Practices): one panel at a time, chosen by click, arrow key or the page's fragment.

/**
 * @param {HTMLElement} list  holds a `role=tab` for each panel
 * @param {Record<string, (panel: HTMLElement) => void>} starts  by the panel's id: called when it is first shown
 */
export function tabs(list, starts) {
  const all = [...list.querySelectorAll("[role=tab]")];
  const panel = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
  const select = (chosen) => {
    for (const tab of all) {
      tab.ariaSelected = `${tab === chosen}`;
      tab.tabIndex = tab === chosen ? 0 : -1;
      panel(tab).hidden = tab !== chosen;
    }
    const { id } = panel(chosen);
    starts[id]?.(panel(chosen));
    delete starts[id];
  };
  // Whatever else the fragment names is in the first panel.
  const follow = () => select(all.find((tab) => location.hash === `#${panel(tab).id}`) ?? all[0]);
  list.addEventListener("click", ({ target }) => {
    const tab = target.closest("[role=tab]");
    if (tab) location.hash = panel(tab).id;
  });
  list.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = all.at((all.indexOf(event.target) + by) % all.length);
    next.focus();
    next.click();
  });
  addEventListener("hashchange", follow);
  follow();
}
