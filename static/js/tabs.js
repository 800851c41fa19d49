// On a phone the row of tabs is longer than the screen: it begins with the current one in its middle.
for (const list of document.querySelectorAll(".tabs__list")) {
  const current = list.querySelector("[aria-current]");
  if (current) {
    const row = list.getBoundingClientRect();
    const tab = current.getBoundingClientRect();
    list.scrollLeft += tab.left + tab.width / 2 - (row.left + row.width / 2);
  }
}
