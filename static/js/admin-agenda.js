// Offers the next number to an agenda item that is added to the page.
document.addEventListener("formset:added", (event) => {
  if (event.detail.formsetName !== "agenda_items") return;
  const inputs = [...document.querySelectorAll('input[name^="agenda_items-"][name$="-position"]')];
  const numbers = inputs.map((input) => Number.parseInt(input.value, 10)).filter(Number.isFinite);
  const added = event.target.querySelector('input[name$="-position"]');
  if (added && !added.value) added.value = Math.max(0, ...numbers) + 1;
});
