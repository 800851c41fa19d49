/* Opens the Jalali date picker on inputs with data-jdp, also on those that the admin adds later. Typing works beside it. */
"use strict";

jalaliDatepicker.startWatch({
  persianDigits: document.documentElement.lang.startsWith("fa"),
  autoReadOnlyInput: false,
  hideAfterChange: true,
  separatorChars: { date: "/" },
  minDate: { year: 1200, month: 1, day: 1 },
  maxDate: { year: 1600, month: 12, day: 29 },
  useDropDownYears: false,
});
