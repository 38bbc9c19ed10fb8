// The page's script: evidence, filters, sorting, keyboard, theme. It needs nothing but the page, and sets no markup: text only.
(function () {
  'use strict';
  var root = document.documentElement;
  var $ = function (id) { return document.getElementById(id); };

  // ---- Theme: the system's, until somebody chooses.
  var store = { get: function () { try { return localStorage.getItem('philippic-theme'); } catch (e) { return null; } },
    set: function (v) { try { localStorage.setItem('philippic-theme', v); } catch (e) { /* private windows, files */ } } };
  var dark = matchMedia('(prefers-color-scheme: dark)');
  var theme = $('theme');
  var isDark = function () { return root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches; };
  var showTheme = function () {
    $('theme-name').textContent = isDark() ? 'Light' : 'Dark';
    theme.setAttribute('aria-label', isDark() ? 'Change to light colours' : 'Change to dark colours');
  };
  var chosen = store.get();
  if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;
  theme.hidden = false;
  theme.addEventListener('click', function () {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    store.set(root.dataset.theme);
    showTheme();
  });
  dark.addEventListener('change', showTheme);
  showTheme();

  // ---- Small makers of elements and words.
  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function number(value, signed) {
    var text = Math.abs(value).toFixed(2);
    if (!signed || Math.abs(value) < 0.005) return text;
    return (value < 0 ? '\u2212' : '+') + text;
  }
  function pieces(n) { return n === 1 ? '1 piece of evidence' : n + ' pieces of evidence'; }
  function step(value, signed) {
    var n = Math.round(Math.max(signed ? -1 : 0, Math.min(1, value)) * 20);
    if (!signed) return 's' + n;
    return n < 0 ? 'n' + -n : 'p' + n;
  }

  // ---- Sorting a table by a column's head: strongest first, weakest first, as it was.
  function sortable(table, valueOf, columns) {
    var body = table.tBodies[0];
    var original = Array.prototype.slice.call(body.rows);
    var sorted = null;
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      if (!columns(column)) return;
      var button = make('button');
      button.type = 'button';
      while (head.firstChild) button.appendChild(head.firstChild);
      var arrow = make('span', 'arrow');
      arrow.setAttribute('aria-hidden', 'true');
      button.appendChild(arrow);
      head.appendChild(button);
      button.addEventListener('click', function () {
        var next = !sorted || sorted.column !== column ? 'descending' : sorted.order === 'descending' ? 'ascending' : null;
        Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) {
          other.removeAttribute('aria-sort');
          var mark = other.querySelector('.arrow');
          if (mark) mark.textContent = '';
        });
        sorted = next && { column: column, order: next };
        var rows = original.slice();
        if (sorted) {
          head.setAttribute('aria-sort', next);
          arrow.textContent = next === 'descending' ? '\u25bc' : '\u25b2';
          var sign = next === 'descending' ? -1 : 1;
          // What has no number comes last either way.
          var key = function (row) { var v = valueOf(row, column); return v === null ? null : v * sign; };
          rows.sort(function (a, b) {
            var x = key(a), y = key(b);
            if (x === null || y === null) return (x === null) - (y === null);
            return x - y;
          });
        }
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
  }
  function shownValue(row, column) {
    var text = row.cells[column].textContent.replace('\u2212', '-');
    return text === '' || isNaN(Number(text)) ? null : Number(text);
  }
  document.querySelectorAll('table.grid').forEach(function (table) {
    sortable(table, shownValue, function (column) { return column > 0; });
  });

  var source = $('data');
  if (!source) return;
  var data = JSON.parse(source.textContent);
  var table = $('matrix'), article = $('text'), tip = $('tip'), status = $('status');
  var body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var paras = Array.prototype.slice.call(article.querySelectorAll('.para'));
  var cells = rows.map(function (row) { return Array.prototype.slice.call(row.cells, 1, -1); });
  var bars = paras.map(function (para) { return Array.prototype.slice.call(para.firstElementChild.children); });
  var texts = paras.map(function (para) { return para.querySelector('.body p'); });
  var originals = texts.map(function (text) { return text.textContent; });
  var filter = { score: '', least: 0, figure: '', holder: '' };
  var selected = null;

  // ---- What a cell holds: a score with its evidence; for figures over the holders that the filter lets through.
  function cell(p, c) {
    var column = data.columns[c], paragraph = data.paragraphs[p];
    if (column.kind !== 'stance') {
      var score = paragraph.s[c];
      return { value: score[0], hits: score[1], signed: column.signed, groups: [{ name: '', cues: score[2] }] };
    }
    var held = paragraph.t.filter(function (t) { return t[1] === c - 3 && (filter.holder === '' || t[0] === Number(filter.holder)); });
    if (!held.length) return null;
    var hits = 0, sum = 0;
    held.forEach(function (t) { hits += t[3][1]; sum += t[3][0] * t[3][1]; });
    return { value: hits ? sum / hits : 0, hits: hits, signed: true, groups: held.map(function (t) {
      return { name: data.holders[t[0]] + ' \u2192 ' + column.name, value: t[3][0], hits: t[3][1], mentions: t[2], cues: t[3][2] };
    }) };
  }
  function words(p, c) {
    var held = cell(p, c), name = data.columns[c].name;
    if (!held) return { head: '\u00b6\u2009' + (p + 1) + '  ' + name, lines: ['not mentioned'] };
    if (!held.hits) return { head: '\u00b6\u2009' + (p + 1) + '  ' + name, lines: ['no evidence'] };
    var lines = [pieces(held.hits)];
    var sums = {};
    held.groups.forEach(function (group) {
      if (group.name) { if (group.hits) lines.push(group.name + ' ' + number(group.value, true)); return; }
      group.cues.forEach(function (cue) {
        var family = data.strings[cue[2]];
        sums[family] = (sums[family] || 0) + cue[5];
      });
    });
    Object.keys(sums).sort(function (a, b) { return Math.abs(sums[b]) - Math.abs(sums[a]); }).slice(0, 4).forEach(function (family) {
      lines.push(family + ' ' + number(sums[family], true));
    });
    return { head: '\u00b6\u2009' + (p + 1) + '  ' + name + '  ' + number(held.value, held.signed), lines: lines };
  }

  // ---- The tip beside a cell that is hovered or focused.
  var described = null;
  function showTip(at, p, c) {
    var text = words(p, c);
    tip.textContent = '';
    tip.appendChild(make('b', '', text.head));
    text.lines.forEach(function (line) { tip.appendChild(make('span', '', line)); });
    placeTip(at);
    at.setAttribute('aria-describedby', 'tip');
    described = at;
  }
  function placeTip(at) {
    tip.hidden = false;
    var box = at.getBoundingClientRect(), own = tip.getBoundingClientRect();
    var left = Math.max(8, Math.min(box.left + box.width / 2 - own.width / 2, innerWidth - own.width - 8));
    var top = box.bottom + 8 + own.height > innerHeight ? box.top - own.height - 8 : box.bottom + 8;
    tip.style.left = left + 'px';
    tip.style.top = Math.max(8, top) + 'px';
  }
  function hideTip() {
    if (tip.hidden) return;
    tip.hidden = true;
    if (described) described.removeAttribute('aria-describedby');
    described = null;
  }
  function placeOf(element) {
    var td = element.closest && element.closest('#matrix tbody td:not(.words)');
    if (td) return { element: td, p: Number(td.parentNode.dataset.p), c: td.cellIndex - 1 };
    var bar = element.closest && element.closest('.para .strip button');
    if (!bar) return null;
    return { element: bar, p: Number(bar.closest('.para').dataset.p), c: Array.prototype.indexOf.call(bar.parentNode.children, bar) };
  }
  ['mouseover', 'focusin'].forEach(function (event) {
    document.addEventListener(event, function (e) {
      var place = placeOf(e.target);
      if (event === 'focusin' && place && !place.element.matches(':focus-visible')) return;
      hideTip();
      if (place) { showTip(place.element, place.p, place.c); return; }
      var edge = e.target.closest && e.target.closest('.edge');
      if (edge) { tip.textContent = edge.getAttribute('aria-label'); placeTip(edge.querySelector('text')); }
    });
  });
  document.addEventListener('focusout', hideTip);
  document.addEventListener('scroll', hideTip, true);
  document.documentElement.addEventListener('mouseleave', hideTip);

  // ---- Evidence in the text.
  function clear() {
    if (!selected) return;
    var p = selected.p, para = paras[p];
    texts[p].textContent = originals[p];
    para.querySelectorAll('.note').forEach(function (note) { note.remove(); });
    para.classList.remove('at');
    rows[p].classList.remove('at');
    cells[p][selected.c].setAttribute('aria-selected', 'false');
    var bar = bars[p][selected.c];
    if (bar) bar.setAttribute('aria-pressed', 'false');
    selected = null;
  }
  function mark(p, cues, signed) {
    var text = originals[p], target = texts[p];
    if (!text) return;
    var edges = [0, text.length];
    cues.forEach(function (cue) { edges.push(Math.min(cue[0], text.length), Math.min(cue[1], text.length)); });
    edges = edges.filter(function (edge, i) { return edges.indexOf(edge) === i; }).sort(function (a, b) { return a - b; });
    target.textContent = '';
    for (var i = 0; i + 1 < edges.length; i++) {
      var from = edges[i], to = edges[i + 1];
      var over = cues.filter(function (cue) { return cue[0] <= from && cue[1] >= to; });
      var part = document.createTextNode(text.slice(from, to));
      if (over.length) {
        var lead = over.reduce(function (a, b) { return Math.abs(b[5]) > Math.abs(a[5]) ? b : a; });
        // A small contribution is still evidence: it is never fainter than a quarter of the scale.
        var strength = Math.max(Math.abs(lead[5]), 0.25);
        var wrap = make('mark', step(signed && lead[5] < 0 ? -strength : strength, signed));
        wrap.dataset.cues = over.map(function (cue) { return cues.indexOf(cue); }).join(' ');
        wrap.title = over.map(function (cue) { return data.strings[cue[2]] + ', weight ' + number(cue[4], true) + ', adds ' + number(cue[5], true); }).join('\n');
        wrap.appendChild(part);
        target.appendChild(wrap);
      } else {
        target.appendChild(part);
      }
      var ends = cues.filter(function (cue) { return cue[1] === to; }).map(function (cue) { return cues.indexOf(cue) + 1; });
      if (ends.length) target.appendChild(make('sup', '', ends.join(',')));
    }
  }
  function note(p, c, held, cues) {
    var column = data.columns[c];
    var box = make('aside', 'note');
    box.setAttribute('aria-label', 'Evidence');
    var shown = held && held.hits ? number(held.value, held.signed) : held ? 'no evidence' : 'not mentioned';
    box.appendChild(make('h3', '', column.name + ': ' + shown));
    if (held && held.hits) {
      box.style.setProperty('--edge', 'var(--' + step(held.value, held.signed) + ')');
    }
    var groups = held ? held.groups : [];
    groups.forEach(function (group) {
      if (group.name) {
        box.appendChild(make('h4', '', group.name + ' ' + (group.hits ? number(group.value, true) : '\u2013 (no evidence)') +
          ', ' + group.mentions + (group.mentions === 1 ? ' mention' : ' mentions')));
      }
      if (!group.cues.length) {
        if (group.hits) box.appendChild(make('p', '', 'This report was made without evidence.'));
        return;
      }
      var list = make('table');
      var head = list.createTHead().insertRow();
      [['', ''], ['words', ''], ['cue family', ''], ['weight', 'r'], ['adds', 'r']].forEach(function (name) {
        var th = make('th', name[1], name[0]);
        th.scope = 'col';
        if (name[0] === '') th.setAttribute('aria-label', 'number');
        head.appendChild(th);
      });
      var lines = list.createTBody();
      group.cues.forEach(function (cue) {
        var index = cues.indexOf(cue), row = lines.insertRow();
        row.dataset.cue = index;
        row.appendChild(make('td', '', String(index + 1)));
        var quote = originals[p].slice(cue[0], cue[1]).replace(/\s+/g, ' ') || data.strings[cue[3]];
        row.appendChild(make('td', 'q', quote));
        var family = make('td', '', data.strings[cue[2]]);
        var term = data.strings[cue[3]], shifts = data.strings[cue[6]];
        var more = [];
        if (term && term.toLowerCase() !== quote.toLowerCase()) more.push(term);
        if (shifts) more.push(shifts);
        if (more.length) { family.appendChild(document.createElement('br')); family.appendChild(make('small', '', more.join('; '))); }
        row.appendChild(family);
        row.appendChild(make('td', 'r', number(cue[4], true)));
        row.appendChild(make('td', 'r', number(cue[5], true)));
      });
      box.appendChild(list);
    });
    paras[p].querySelector('.body').appendChild(box);
  }
  function select(p, c, scroll) {
    var same = selected && selected.p === p && selected.c === c;
    clear();
    if (same) { say(count() + '. Evidence closed.'); return; }
    selected = { p: p, c: c };
    var held = cell(p, c), cues = [];
    if (held) held.groups.forEach(function (group) { cues = cues.concat(group.cues); });
    cues.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
    mark(p, cues, !held || held.signed);
    note(p, c, held, cues);
    paras[p].classList.add('at');
    rows[p].classList.add('at');
    cells[p][c].setAttribute('aria-selected', 'true');
    var bar = bars[p][c];
    if (bar) bar.setAttribute('aria-pressed', 'true');
    if (scroll) {
      var calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      paras[p].scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'nearest' });
    }
    say('Paragraph ' + (p + 1) + ', ' + data.columns[c].name + ', ' + (held ? pieces(cues.length) + ' marked in the text' : 'not mentioned') + '.');
  }
  document.addEventListener('click', function (e) {
    var place = placeOf(e.target);
    if (place) { focusable(place.element); select(place.p, place.c, place.element.tagName === 'TD'); }
  });
  article.addEventListener('mouseover', function (e) {
    article.querySelectorAll('mark.on').forEach(function (m) { m.classList.remove('on'); });
    var row = e.target.closest('.note tr[data-cue]');
    if (!row) return;
    row.closest('.body').querySelectorAll('mark').forEach(function (m) {
      if (m.dataset.cues.split(' ').indexOf(row.dataset.cue) >= 0) m.classList.add('on');
    });
  });

  // ---- Keyboard: one stop for the matrix and one for the strips, arrows inside.
  table.setAttribute('role', 'grid');
  rows.forEach(function (row, p) {
    cells[p].forEach(function (td) {
      td.setAttribute('role', 'gridcell');
      td.tabIndex = -1;
    });
    row.lastElementChild.setAttribute('role', 'gridcell');
  });
  var stops = { matrix: null, strip: null };
  function focusable(element) {
    var kind = element.tagName === 'TD' ? 'matrix' : 'strip';
    if (stops[kind]) stops[kind].tabIndex = -1;
    stops[kind] = element;
    element.tabIndex = 0;
  }
  function visible(list) { return list.filter(function (e) { return !e.hidden; }); }
  function move(place, key, whole) {
    var inMatrix = place.element.tagName === 'TD';
    var lines = inMatrix ? visible(Array.prototype.slice.call(body.rows)) : visible(paras);
    var line = place.element.closest(inMatrix ? 'tr' : '.para');
    var y = lines.indexOf(line);
    var inLine = function (l) {
      return (inMatrix ? cells : bars)[Number(l.dataset.p)].filter(function (e) {
        return !e.hidden && (inMatrix || getComputedStyle(e).display !== 'none');
      });
    };
    var x = inLine(line).indexOf(place.element);
    if (key === 'ArrowRight') x++;
    else if (key === 'ArrowLeft') x--;
    else if (key === 'ArrowDown') y++;
    else if (key === 'ArrowUp') y--;
    else if (key === 'PageDown') y += 10;
    else if (key === 'PageUp') y -= 10;
    else if (key === 'Home') { x = 0; if (whole) y = 0; }
    else { x = 1e9; if (whole) y = 1e9; }
    y = Math.max(0, Math.min(lines.length - 1, y));
    var there = inLine(lines[y]);
    var target = there[Math.max(0, Math.min(there.length - 1, x))];
    if (target) { focusable(target); target.focus({ focusVisible: true }); }
  }
  var keys = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'];
  document.addEventListener('keydown', function (e) {
    var place = placeOf(e.target);
    if (e.key === 'Escape' && (selected || !tip.hidden)) { hideTip(); clear(); return; }
    if (place && keys.indexOf(e.key) >= 0) { e.preventDefault(); move(place, e.key, e.ctrlKey || e.metaKey); return; }
    var pressed = e.key === 'Enter' || e.key === ' ';
    if (pressed && place && place.element.tagName === 'TD') { e.preventDefault(); select(place.p, place.c, true); return; }
    var edge = e.target.closest && e.target.closest('.edge');
    if (pressed && edge) { e.preventDefault(); pick(edge); }
  });
  // After a filter or a sort the stops must be where something is shown.
  function firstStops() {
    var first = function (list) { return list.filter(function (e) { return !e.hidden; })[0]; };
    var lost = function (stop) { return !stop || stop.hidden || stop.closest('tr, .para').hidden; };
    var line = first(Array.prototype.slice.call(body.rows)), para = first(paras);
    var td = line && first(cells[Number(line.dataset.p)]), bar = para && first(bars[Number(para.dataset.p)]);
    if (td && lost(stops.matrix)) focusable(td);
    if (bar && lost(stops.strip)) focusable(bar);
  }

  // ---- Filters.
  function say(text) { status.textContent = text; }
  function count() {
    var shown = visible(rows).length;
    return shown === rows.length ? rows.length + (rows.length === 1 ? ' paragraph' : ' paragraphs') : shown + ' of ' + rows.length + ' paragraphs';
  }
  function columnShown(c) {
    var column = data.columns[c];
    if (filter.score && column.kind !== filter.score) return false;
    if (column.kind !== 'stance') return true;
    return filter.figure === '' ? c < data.shown : c - 3 === Number(filter.figure);
  }
  function passes(p) {
    var stances = data.paragraphs[p].t;
    if (filter.figure !== '' || filter.holder !== '') {
      var some = stances.some(function (t) {
        return (filter.figure === '' || t[1] === Number(filter.figure)) && (filter.holder === '' || t[0] === Number(filter.holder));
      });
      if (!some) return false;
    }
    if (!filter.score && !filter.least) return true;
    return data.columns.some(function (_, c) {
      if (!columnShown(c)) return false;
      var held = cell(p, c);
      return held !== null && held.hits > 0 && Math.abs(held.value) >= filter.least - 1e-6;
    });
  }
  var shown = data.columns.map(function (_, c) { return c < data.shown; }), shownHolder = '';
  function apply() {
    clear();
    hideTip();
    var heads = table.tHead.rows[0].cells;
    var stripHeads = article.querySelector('.heads .strip').children;
    data.columns.forEach(function (column, c) {
      var show = columnShown(c);
      var repaint = column.kind === 'stance' && filter.holder !== shownHolder;
      if (show === shown[c] && !repaint) return;
      shown[c] = show;
      heads[c + 1].hidden = !show;
      if (stripHeads[c]) stripHeads[c].hidden = !show;
      rows.forEach(function (_, p) {
        cells[p][c].hidden = !show;
        if (bars[p][c]) bars[p][c].hidden = !show;
        if (repaint) paint(cells[p][c], bars[p][c], cell(p, c), column.name);
      });
    });
    shownHolder = filter.holder;
    rows.forEach(function (row, p) { row.hidden = paras[p].hidden = !passes(p); });
    firstStops();
    say(count());
    var picked = filter.figure !== '' && filter.holder !== '' && $('graph');
    if ($('graph')) {
      $('graph').classList.toggle('picked', Boolean(picked));
      document.querySelectorAll('.edge').forEach(function (edge) {
        edge.setAttribute('aria-pressed', String(edge.dataset.holder === filter.holder && edge.dataset.figure === filter.figure));
      });
    }
  }
  function paint(td, bar, held, name) {
    var state = !held ? 'a' : !held.hits ? 'o' : step(held.value, true);
    td.className = state;
    td.textContent = state === 'a' ? '' : state === 'o' ? '\u2013' : number(held.value, true);
    if (state === 'o') td.setAttribute('aria-label', 'no evidence'); else td.removeAttribute('aria-label');
    if (!bar) return;
    var first = bar.classList.contains('f');
    bar.className = state + (first ? ' f' : '');
    bar.setAttribute('aria-label', name + (state === 'a' ? ': not mentioned' : state === 'o' ? ': no evidence' : ' ' + number(held.value, true)));
  }
  function pick(edge) {
    var on = edge.getAttribute('aria-pressed') !== 'true';
    $('f-holder').value = on ? edge.dataset.holder : '';
    $('f-figure').value = on ? edge.dataset.figure : '';
    read();
  }
  function read() {
    ['score', 'figure', 'holder'].forEach(function (name) { var field = $('f-' + name); filter[name] = field ? field.value : ''; });
    filter.least = Number($('f-least').value);
    $('f-least-shown').textContent = filter.least.toFixed(2);
    apply();
  }
  var form = $('filters');
  form.hidden = false;
  $('how').hidden = false;
  form.addEventListener('input', read);
  form.addEventListener('submit', function (e) { e.preventDefault(); });
  form.addEventListener('reset', function () { setTimeout(read); });
  document.querySelectorAll('.edge').forEach(function (edge) { edge.addEventListener('click', function () { pick(edge); }); });

  sortable(table, function (row, column) {
    if (column === 0) return Number(row.dataset.p);
    var held = cell(Number(row.dataset.p), column - 1);
    return held && held.hits ? held.value : null;
  }, function (column) { return column <= data.columns.length; });
  // Browsers keep what a form held over a reload.
  form.reset();
  read();
})();
