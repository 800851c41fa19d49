// Hashes a chosen file here and sends its digest, and the code that it names, instead of the file. Without this, or
// where the browser offers no digest (not over HTTPS), the form sends the file.
"use strict";

(() => {
  const form = document.querySelector(".verify-way--file");
  if (!form || !window.crypto?.subtle) return;
  const MOST_CODES = 20;
  const input = form.querySelector("[type=file]");

  form.querySelector(".verify-way__sent").hidden = true;
  form.querySelector(".verify-way__kept").hidden = false;

  const inHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  // As council_portal/issuing/codes.py reads it: the address of verification, which the signature holds as plain text.
  // Which of several is a code, the portal knows.
  function codesIn(bytes) {
    const text = new TextDecoder("latin1").decode(bytes);
    const found = text.matchAll(/verify(?:\/|\\057)((?:[0-9A-Z]{4}(?:-|\\055)){3}[0-9A-Z]{4})/g);
    const codes = new Set(Array.from(found, (match) => match[1].replaceAll("\\055", "-")));
    return Array.from(codes).slice(0, MOST_CODES).join(" ");
  }

  form.addEventListener("submit", async (event) => {
    const [file] = input.files;
    if (!file) return;
    event.preventDefault();
    form.setAttribute("aria-busy", "true");
    try {
      const bytes = await file.arrayBuffer();
      const digest = await window.crypto.subtle.digest("SHA-256", bytes);
      form.elements.sha256.value = inHex(new Uint8Array(digest));
      form.elements.code.value = codesIn(bytes);
      input.disabled = true; // what is disabled is not sent
    } catch {
      // A file that cannot be read here is sent as it is.
    }
    form.submit();
  });

  // The way back shows the page as it was left.
  window.addEventListener("pageshow", () => {
    input.disabled = false;
    form.elements.sha256.value = "";
    form.elements.code.value = "";
    form.removeAttribute("aria-busy");
  });
})();
