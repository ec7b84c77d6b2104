// An item of an agenda, a part of a plan or a paragraph of a text is dragged to another place. Without this the arrows beside each item do the same.

let dragged = null;

for (const row of document.querySelectorAll("[data-item]")) {
  const cell = row.querySelector("[data-order]");
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
