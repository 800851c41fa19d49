// A long document on its way: asks how far it has come, and opens it once it is there. Without script the page reloads.
const place = document.querySelector("[data-state]");
const words = place.querySelector("[data-words]");
const bar = place.querySelector("progress");

async function look() {
  try {
    const answer = await fetch(place.dataset.state, { headers: { Accept: "application/json" } });
    if (!answer.ok) return location.reload();
    const state = await answer.json();
    if (words.textContent !== state.words) words.textContent = state.words;
    bar.value = state.percent;
    if (state.is_over) return state.percent === 100 ? location.replace(place.dataset.address) : location.reload();
  } catch {
    // The connection may come back.
  }
  setTimeout(look, 1500);
}

setTimeout(look, 800);
