/* Opens the Jalali date picker on inputs with data-jdp, also on those that the admin adds later. Typing works beside it.

   The picker reads and writes "1387/11/02" in Latin digits only, and shows no days at all for other text. So to scripts
   an input's `value` is that form (or empty, when no full date is typed), while the page shows and sends what was typed,
   or the picked day in the digits of the page. */
"use strict";

(() => {
  const IS_PERSIAN = document.documentElement.lang.startsWith("fa");
  const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
  const ARABIC = "٠١٢٣٤٥٦٧٨٩";
  const SELECTOR = "input[data-jdp]";
  const shown = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");

  const toLatin = (text) => text.replace(/[۰-۹٠-٩]/g, (digit) => (PERSIAN.indexOf(digit) + 1 || ARABIC.indexOf(digit) + 1) - 1);
  const toPage = (text) => (IS_PERSIAN ? text.replace(/\d/g, (digit) => PERSIAN[digit]) : text);

  function fullDate(text) {
    const parts = toLatin(text.trim()).match(/^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/);
    return parts ? [parts[1], parts[2].padStart(2, "0"), parts[3].padStart(2, "0")].join("/") : "";
  }

  function translateForPicker(input) {
    if (Object.hasOwn(input, "value")) return;
    Object.defineProperty(input, "value", {
      get: () => fullDate(shown.get.call(input)),
      set: (text) => shown.set.call(input, toPage(text)),
    });
  }

  // In the capturing phase, so before the picker's own listener opens it.
  document.addEventListener("focusin", (event) => event.target.matches?.(SELECTOR) && translateForPicker(event.target), true);

  // The picker takes this long to open, in milliseconds, and opens even if it is told meanwhile to hide.
  const OPENING = 350;

  function hidePickerOf(input) {
    jalaliDatepicker.hide();
    setTimeout(() => {
      const isAtAnother = document.activeElement !== input && document.activeElement.matches(SELECTOR);
      if (!isAtAnother) jalaliDatepicker.hide();
    }, OPENING);
  }

  // Whoever types goes on without the picker, which would stay open over the fields that follow.
  document.addEventListener("keydown", (event) => {
    if (["Tab", "Escape"].includes(event.key) && event.target.matches?.(SELECTOR)) hidePickerOf(event.target);
  });

  jalaliDatepicker.startWatch({
    selector: SELECTOR,
    persianDigits: IS_PERSIAN,
    autoReadOnlyInput: false,
    minDate: { year: 1300, month: 1, day: 1 },
    maxDate: { year: 1450, month: 12, day: 29 },
  });
})();
