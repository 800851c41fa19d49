// The agenda on a meeting's page: an item that is added gets the next number, and can be chosen at once by the
// decisions, materials and other items of the page, by the value "row-2" for the item in the third row.
(() => {
  const persian = "۰۱۲۳۴۵۶۷۸۹";
  const isPersian = document.documentElement.lang === "fa";
  const toNumber = (text) => Number.parseInt(text.replace(/[۰-۹]/g, (digit) => persian.indexOf(digit)), 10);
  const toText = (number) => (isPersian ? String(number).replace(/\d/g, (digit) => persian[digit]) : String(number));
  const rowsOf = (name) => [...document.querySelectorAll(`#agenda_items-group input[name$="-${name}"]`)];
  const indexOf = (input) => Number.parseInt(input.name.split("-")[1], 10);
  const isNew = (input) => {
    const key = document.querySelector(`input[name="agenda_items-${indexOf(input)}-id"]`);
    return Number.isFinite(indexOf(input)) && !(key && key.value);
  };

  function offerNumber(row) {
    const added = row.querySelector('input[name$="-position"]');
    const others = rowsOf("position").filter((input) => input !== added && Number.isFinite(indexOf(input)));
    const numbers = others.map((input) => toNumber(input.value)).filter(Number.isFinite);
    if (added && !added.value) added.value = toText(Math.max(others.length, ...numbers) + 1);
  }

  // An option belongs to its row, whose place on the page changes when another row is removed.
  function offerItems(select, titles) {
    const old = new Map([...select.options].filter((one) => /^row-/.test(one.value)).map((one) => [one.row ?? one.value, one]));
    const own = select.closest("#agenda_items-group .inline-related");
    for (const title of titles) {
      const row = title.closest(".inline-related");
      const value = `row-${indexOf(title)}`;
      if (row === own || !title.value.trim()) continue;
      const option = old.get(row) ?? old.get(value) ?? select.appendChild(new Option());
      old.delete(old.has(row) ? row : value);
      option.row = row;
      option.value = value;
      option.textContent = title.value;
    }
    for (const option of old.values()) option.remove();
  }

  function offerAll() {
    const titles = rowsOf("title").filter(isNew);
    const selects = 'select[name$="-agenda_item"], select[name^="agenda_items-"][name$="-parent"]';
    for (const select of document.querySelectorAll(selects)) offerItems(select, titles);
  }

  document.addEventListener("formset:added", (event) => {
    if (event.detail.formsetName === "agenda_items") offerNumber(event.target);
    offerAll();
  });
  // Django tells of a removed row before it numbers those that stay.
  document.addEventListener("formset:removed", () => queueMicrotask(offerAll));
  document.addEventListener("input", (event) => {
    if (/^agenda_items-\d+-title$/.test(event.target.name ?? "")) offerAll();
  });
})();
