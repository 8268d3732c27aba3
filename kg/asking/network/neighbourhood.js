"use strict";
(function () {
  const graph = JSON.parse(document.getElementById("graph").textContent);
  const picture = document.getElementById("picture");
  const svg = picture.querySelector("svg");
  const details = document.getElementById("details");
  const hints = Array.from(details.children);
  const found = document.getElementById("found");
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const elements = new Map(Array.from(svg.querySelectorAll(".node"), (g) => [g.dataset.id, g]));
  const edges = Array.from(svg.querySelectorAll(".edge"));
  const panels = Array.from(svg.querySelectorAll(".panel"));
  const whole = svg.viewBox.baseVal;
  const full = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  let view = Object.assign({}, full);
  let chosen = null;
  let current = graph.root;

  // --- size and place -----------------------------------------------------------------------------

  function show() {
    svg.setAttribute("viewBox", [view.x, view.y, view.width, view.height].join(" "));
  }

  function scale() {
    const box = svg.getBoundingClientRect();
    return Math.min(box.width / view.width, box.height / view.height) || 1;
  }

  function zoom(factor, clientX, clientY) {
    const box = svg.getBoundingClientRect();
    const u = clientX === undefined ? 0.5 : (clientX - box.left) / box.width;
    const v = clientY === undefined ? 0.5 : (clientY - box.top) / box.height;
    const width = Math.min(full.width * 2, Math.max(200, view.width / factor));
    const ratio = width / view.width;
    view.x += view.width * (1 - ratio) * u;
    view.y += view.height * (1 - ratio) * v;
    view.width *= ratio;
    view.height *= ratio;
    show();
  }

  function fit() {
    view = Object.assign({}, full);
    show();
  }

  function bringIn(element) {
    const box = element.getBoundingClientRect();
    const frame = picture.getBoundingClientRect();
    const s = scale();
    if (box.left < frame.left) view.x -= (frame.left - box.left + 20) / s;
    if (box.right > frame.right) view.x += (box.right - frame.right + 20) / s;
    if (box.top < frame.top) view.y -= (frame.top - box.top + 20) / s;
    if (box.bottom > frame.bottom) view.y += (box.bottom - frame.bottom + 20) / s;
    show();
  }

  let held = null;
  picture.addEventListener("pointerdown", (event) => {
    held = { x: event.clientX, y: event.clientY, moved: false };
  });
  window.addEventListener("pointermove", (event) => {
    if (!held) return;
    const dx = event.clientX - held.x;
    const dy = event.clientY - held.y;
    if (!held.moved && Math.abs(dx) + Math.abs(dy) < 5) return;
    const s = scale();
    view.x -= dx / s;
    view.y -= dy / s;
    held = { x: event.clientX, y: event.clientY, moved: true };
    picture.classList.add("held");
    show();
  });
  window.addEventListener("pointerup", () => {
    const moved = held && held.moved;
    held = null;
    picture.classList.remove("held");
    if (moved) window.addEventListener("click", (event) => event.stopPropagation(), { capture: true, once: true });
  });
  picture.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX, event.clientY);
  }, { passive: false });
  document.getElementById("larger").addEventListener("click", () => zoom(1.3));
  document.getElementById("smaller").addEventListener("click", () => zoom(1 / 1.3));
  document.getElementById("whole").addEventListener("click", fit);

  // --- the details of a box -------------------------------------------------------------------------

  function add(parent, tag, text, className) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (className) element.className = className;
    parent.append(element);
    return element;
  }

  function relations(id) {
    const groups = new Map();
    function put(words, other, weight) {
      if (!groups.has(words)) groups.set(words, new Map());
      groups.get(words).set(other, weight);
    }
    for (const edge of graph.edges) {
      const weight = edge.derived ? edge.weight : 1;
      if (edge.source === id) put(edge.label, edge.target, weight);
      if (edge.target === id) put(edge.inverse, edge.source, weight);
    }
    return groups;
  }

  function describe(node) {
    details.replaceChildren();
    const kind = [node.type, node.note, node.about].filter(Boolean).join(" · ");
    add(details, "p", kind, "kind");
    if (node.quote !== node.text || node.text.length < 160) add(details, "h2", node.text);
    if (node.quote) {
      if (node.quote !== node.text || node.text.length >= 160) add(details, "blockquote", node.quote);
      add(details, "p", node.report_title + ", characters " + node.start + " to " + node.end, "where");
    }
    if (node.body && node.body !== node.text) add(details, "p", "about " + node.body, "where");
    missing(node);
    for (const [words, others] of relations(node.id)) {
      add(details, "h3", words);
      const list = add(details, "ul");
      for (const [other, weight] of others) {
        const line = add(list, "li");
        const button = add(line, "button", byId.get(other).label);
        button.type = "button";
        button.addEventListener("click", () => choose(other, true));
        if (weight > 1) line.append(" (" + weight + " times)");
      }
    }
    add(details, "h3", "Identifier");
    add(add(details, "p", "", "where"), "code", node.iri);
  }

  function missing(node) {
    const hidden = (node.branches || []).filter((branch) => branch.shown < branch.of);
    if (!hidden.length) return;
    add(details, "h3", "Not all is shown");
    const list = add(details, "ul");
    for (const branch of hidden) add(list, "li", (branch.what || branch.heading) + ": " + branch.shown + " of " + (branch.cut ? "over " : "") + branch.of);
  }

  function near(id) {
    const ids = new Set([id]);
    for (const edge of graph.edges) {
      if (edge.source === id) ids.add(edge.target);
      if (edge.target === id) ids.add(edge.source);
    }
    return ids;
  }

  function choose(id, move) {
    chosen = id;
    const lit = id === null ? null : near(id);
    for (const [other, element] of elements) {
      element.classList.toggle("chosen", other === id);
      element.classList.toggle("dim", lit !== null && !lit.has(other));
      element.setAttribute("aria-pressed", String(other === id));
    }
    for (const edge of edges) {
      const touches = edge.dataset.from === id || edge.dataset.to === id;
      edge.classList.toggle("on", touches && id !== graph.root);
    }
    if (id === null) {
      details.replaceChildren(...hints);
      missing(byId.get(graph.root));
      return;
    }
    describe(byId.get(id));
    if (move) walkTo(id);
  }

  // --- keys -----------------------------------------------------------------------------------------

  function walkTo(id) {
    elements.get(current).setAttribute("tabindex", "-1");
    current = id;
    const element = elements.get(id);
    element.setAttribute("tabindex", "0");
    element.focus({ preventScroll: true });
    bringIn(element);
  }

  function middle(id) {
    const box = elements.get(id).getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  }

  function nearest(dx, dy) {
    const [x, y] = middle(current);
    let best = null;
    let least = Infinity;
    for (const [id, element] of elements) {
      if (id === current || element.classList.contains("gone")) continue;
      const [u, v] = middle(id);
      const along = (u - x) * dx + (v - y) * dy;
      const aside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
      const cost = along + 2.5 * aside;
      if (along > 4 && cost < least) {
        best = id;
        least = cost;
      }
    }
    return best;
  }

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  picture.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (ARROWS[event.key]) {
      const next = nearest(...ARROWS[event.key]);
      if (next) walkTo(next);
    } else if (event.key === "Enter" || event.key === " ") choose(current, false);
    else if (event.key === "Escape") choose(null, false);
    else if (event.key === "+") zoom(1.3);
    else if (event.key === "-") zoom(1 / 1.3);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });

  for (const [id, element] of elements) {
    const node = byId.get(id);
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", id === current ? "0" : "-1");
    element.setAttribute("aria-label", [node.type, node.note, node.label].filter(Boolean).join(", "));
    element.addEventListener("click", (event) => {
      event.stopPropagation();
      choose(id, true);
    });
  }
  picture.addEventListener("click", () => choose(null, false));

  // --- finding and filtering ------------------------------------------------------------------------

  const find = document.getElementById("find");
  function matches() {
    const words = find.value.trim().toLowerCase();
    if (!words) return null;
    const fits = (node) => [node.label, node.text, node.quote, node.note].join(" ").toLowerCase().includes(words);
    return graph.nodes.filter((node) => fits(node) && !elements.get(node.id).classList.contains("gone"));
  }
  find.addEventListener("input", () => {
    choose(null, false);
    const hits = matches();
    const ids = hits && new Set(hits.map((node) => node.id));
    for (const [id, element] of elements) element.classList.toggle("dim", ids !== null && !ids.has(id));
    found.textContent = hits ? hits.length + " found" : "";
  });
  find.addEventListener("keydown", (event) => {
    const hits = matches();
    if (event.key !== "Enter" || !hits || !hits.length) return;
    const place = hits.findIndex((node) => node.id === chosen);
    choose(hits[(place + 1) % hits.length].id, false);
    bringIn(elements.get(chosen));
  });

  function filter() {
    const boxes = Array.from(document.querySelectorAll("#types input"));
    const hidden = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
    const gone = (id) => id !== graph.root && hidden.has(byId.get(id).type);
    for (const [id, element] of elements) element.classList.toggle("gone", gone(id));
    for (const edge of edges) edge.classList.toggle("gone", gone(edge.dataset.from) || gone(edge.dataset.to));
    for (const panel of panels) {
      panel.classList.toggle("gone", panel.dataset.members.split(" ").every(gone));
      panel.querySelector(".branch").classList.toggle("gone", gone(panel.dataset.parent));
    }
    for (const item of document.querySelectorAll("#list li")) item.classList.toggle("gone", gone(item.dataset.id));
  }
  document.getElementById("types").addEventListener("change", filter);
  document.getElementById("list").addEventListener("click", (event) => {
    const item = event.target.closest("button") && event.target.closest("li");
    if (item) choose(item.dataset.id, true);
  });

  document.body.classList.add("live");
  document.getElementById("tools").hidden = false;
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  if (scale() < 0.5) {
    zoom(0.62 / scale());
    const frame = picture.getBoundingClientRect();
    const box = elements.get(graph.root).getBoundingClientRect();
    view.x += (box.left + box.width / 2 - frame.left - frame.width / 2) / scale();
    view.y += (box.top + box.height / 2 - frame.top - frame.height / 2) / scale();
    show();
  }
  choose(null, false);
})();
