// What working pages offer beyond their forms; each part does nothing where its page has no place for it.

// An item of an agenda, a part of a plan or a paragraph of a text is dragged to another place. Without this the arrows beside each item do the same.

let dragged = null;

for (const row of document.querySelectorAll("[data-item]")) {
  const cell = row.querySelector("[data-order]");
  if (!cell) continue;
  const handle = document.createElement("span");
  handle.className = "handle";
  handle.textContent = "\u2059";
  handle.title = cell.dataset.order;
  handle.setAttribute("aria-hidden", "true");
  handle.draggable = true;
  cell.prepend(handle);
  handle.addEventListener("dragstart", (event) => {
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(row, 0, 0);
  });
  handle.addEventListener("dragend", () => { dragged = null; });
  row.addEventListener("dragover", (event) => {
    if (dragged && dragged !== row && dragged.dataset.within === row.dataset.within) {
      event.preventDefault();
      row.dataset.drop = isBelow(event, row) ? "after" : "before";
    }
  });
  row.addEventListener("dragleave", () => { delete row.dataset.drop; });
  row.addEventListener("drop", (event) => {
    event.preventDefault();
    if (dragged) put(dragged, row, isBelow(event, row));
  });
}

function isBelow(event, row) {
  const box = row.getBoundingClientRect();
  return event.clientY > box.top + box.height / 2;
}

// The form of an arrow is sent, with the item beside which this one was dropped. Where all arrows share one form, each
// brings its address and its nonce.
function put(row, beside, after) {
  const arrow = row.querySelector("[data-order] button");
  const form = arrow.form;
  const hidden = (name, value) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  };
  if (arrow.hasAttribute("formaction")) {
    form.action = arrow.formAction.split("?")[0];
    hidden(arrow.name, arrow.value);
  }
  hidden("beside", beside.dataset.item);
  hidden("act", after ? "after" : "before");
  form.submit();
}

// What is being written in a paragraph is kept at the server for its writer alone, some seconds after the last key.
// What is too long for that is told at once. Without this nothing is kept before it is saved.

const kept = document.querySelector("[data-keep]");
const written = kept?.querySelector("form");
const keptSaid = kept?.querySelector("[data-kept]");
let keepLater, keptLast;

async function keep() {
  const data = new FormData(written);
  const now = new URLSearchParams(data).toString();
  if (now === keptLast) return;
  try {
    const answer = await fetch(kept.dataset.keep, { method: "POST", body: data, redirect: "error" });
    keptSaid.classList.toggle("due", answer.status === 413);
    if (answer.status === 413) keptSaid.textContent = keptSaid.dataset.long;
    if (answer.status !== 204) return;
    keptLast = now;
    keptSaid.textContent = keptSaid.dataset.kept;
  } catch {
    // no line: the next key tries again
  }
}

written?.addEventListener("input", () => {
  clearTimeout(keepLater);
  keptSaid.textContent = "";
  keepLater = setTimeout(keep, 3000);
});
written?.addEventListener("submit", () => clearTimeout(keepLater));

// What one may be looking for is offered below the box of search while one types, after a pause, and never by two requests
// at once. Without this one searches.

const box = document.querySelector("[data-suggest]");
if (box) offer(box);

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

function offer(box) {
  const list = document.createElement("ul");
  const told = document.createElement("p");
  let asking = false, asked = "", at = -1, waiting;
  set(list, { id: "offered", class: "offered", role: "listbox", "aria-label": box.dataset.offered, hidden: "" });
  set(told, { class: "vh", role: "status" });
  box.form.append(list, told);
  set(box, { type: "text", enterkeyhint: "search", autocomplete: "off", role: "combobox" });
  set(box, { "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });

  const close = () => {
    list.hidden = true;
    set(box, { "aria-expanded": "false" });
    choose(-1);
  };
  const open = () => {
    list.hidden = !list.children.length;
    set(box, { "aria-expanded": String(!list.hidden) });
  };
  const choose = (place) => {
    const before = list.children[at];
    const one = list.children[place];
    at = place;
    if (before) set(before, { "aria-selected": "false" });
    box.removeAttribute("aria-activedescendant");
    if (!one) return;
    set(one, { "aria-selected": "true" });
    set(box, { "aria-activedescendant": one.id });
    one.scrollIntoView({ block: "nearest" });
  };
  const option = (one, place) => {
    const row = document.createElement("li");
    const words = document.createElement("span");
    const about = document.createElement("small");
    set(row, { id: `offered-${place}`, role: "option", "aria-selected": "false" });
    set(words, { dir: "auto", ...(one.language && { lang: one.language }) });
    words.textContent = one.words;
    about.textContent = one.about;
    row.append(words, about);
    row.addEventListener("click", () => location.assign(one.page));
    return row;
  };
  const show = (answer) => {
    choose(-1);
    list.replaceChildren(...answer.found.map(option));
    told.textContent = answer.told;
    if (document.activeElement === box) open();
    else close();
  };
  const ask = async () => {
    const text = box.value.trim();
    if (asking || text === asked) return;
    asking = true;
    asked = text;
    try {
      const answer = text ? await fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: text })}`, { cache: "no-store" }) : null;
      show(answer?.ok ? await answer.json() : { found: [], told: "" });
    } catch {
      show({ found: [], told: "" }); // no line: one searches, or goes on typing
    }
    asking = false;
    if (box.value.trim() !== asked) later();
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 250);
  };

  box.addEventListener("input", later);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && !list.hidden && at >= 0) list.children[at].click();
    else if (event.key === "ArrowDown" && last >= 0) open(), choose(at < last ? at + 1 : 0);
    else if (event.key === "ArrowUp" && last >= 0) open(), choose(at > 0 ? at - 1 : last);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
}
