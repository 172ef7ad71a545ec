/* The tables and the figures above the charts. A cell changes only when its text does, so that it can be read and copied. */
'use strict';

const Tables = (() => {
  function cell(row, index, text, isText) {
    let at = row.children[index];
    if (!at) {
      at = document.createElement(index === 0 ? 'th' : 'td');
      if (index === 0) at.scope = 'row';
      if (isText) at.className = 'text';
      row.append(at);
    }
    if (at.textContent !== text) {
      at.textContent = text;
      if (index === 0) at.title = text;
    }
  }

  function fill(body, rows, texts = []) {
    rows.forEach((cells, i) => {
      const row = body.children[i] || body.appendChild(document.createElement('tr'));
      cells.forEach((text, j) => cell(row, j, text, texts.includes(j)));
    });
    while (body.children.length > rows.length) body.lastElementChild.remove();
  }

  function table(name, rows, texts) {
    const card = document.getElementById('table-' + name);
    card.hidden = rows.length === 0;
    texts.forEach(index => card.querySelectorAll('thead th')[index].classList.add('text'));
    fill(card.querySelector('tbody'), rows, texts);
  }

  function tile(name, figure, about) {
    const at = document.getElementById('tile-' + name);
    at.hidden = false;
    at.querySelector('.figure').textContent = figure;
    at.querySelector('.about').textContent = about;
  }

  const {number, bytes, millis, span, say} = Charts;
  const percent = value => number(value) + ' %';

  function of(sources, kind) {
    return sources.filter(source => source.kind === kind && !source.error);
  }

  function label(list, source, text) {
    return list.length > 1 ? source.name + ': ' + text : text;
  }

  function caches(sources, rates) {
    const list = of(sources, 'cache');
    if (list.length === 0) return;
    const lookups = list.reduce((sum, each) => sum + each.lookups, 0);
    const hits = list.reduce((sum, each) => sum + (each.hitPercent ?? 0) / 100 * each.lookups, 0);
    tile('hit', lookups === 0 ? '–' : percent(100 * hits / lookups), 'of ' + number(lookups) + ' look-ups in the last minute');
    tile('saved', span(list.reduce((sum, each) => sum + each.savedMillis, 0)), 'since the cache was opened');
    const slowest = list.reduce((most, each) => (each.load99Millis ?? -1) > (most.load99Millis ?? -1) ? each : most);
    tile('load', say(millis, slowest.load99Millis), 'median ' + say(millis, slowest.loadMedianMillis) + ', last minute');
    tile('lookups', say(number, rates) + (rates === null ? '' : '/s'), 'in the last second');
    table('tiers', list.flatMap(each => each.tiers.map(tier => [
      label(list, each, tier.tier), number(tier.entries), tier.bytes > 0 ? bytes(tier.bytes) : '–', tier.maxBytes > 0 ? bytes(tier.maxBytes) : '–',
      number(tier.hits), number(tier.misses), number(tier.evicted), number(tier.failures), tier.readMicros > 0 ? millis(tier.readMicros / 1000) : '–'])), []);
    table('missed', list.flatMap(each => each.missed.map(miss => [label(list, each, miss.key), number(Math.max(1, Math.round(miss.misses))), miss.why])), [2]);
  }

  function memory(sources) {
    const list = of(sources, 'memory');
    if (list.length === 0) return;
    const now = list[0];
    if (now.rssBytes !== null) tile('rss', bytes(now.rssBytes), now.rssPeakBytes === null ? '' : 'at most ' + bytes(now.rssPeakBytes));
    tile('heap', bytes(now.heapBytes), now.liveSetBytes === null ? (now.heapMaxBytes === null ? '' : 'of ' + bytes(now.heapMaxBytes)) : bytes(now.liveSetBytes) + ' after collections');
  }

  function pools(sources) {
    const list = of(sources, 'pool');
    if (list.length === 0) return;
    const waiting = list.reduce((sum, pool) => sum + pool.waiting, 0);
    tile('waiting', number(waiting), list.reduce((sum, pool) => sum + pool.inUse, 0) + ' in use in ' + list.length + (list.length === 1 ? ' pool' : ' pools'));
    table('pools', list.map(pool => [pool.name, number(pool.inUse), number(pool.idle), number(pool.most), number(pool.waiting),
      say(number, pool.leasesPerSecond), say(number, pool.waits), say(span, pool.waitMillis), say(number, pool.refused)]), []);
  }

  function tasks(sources) {
    const list = of(sources, 'tasks').filter(each => each.pending !== undefined);
    if (list.length === 0) return;
    const sum = name => list.reduce((all, each) => all + each[name], 0);
    const all = sum('pending') + sum('assigned') + sum('completed');
    tile('tasks', number(sum('pending')), number(sum('assigned')) + ' assigned');
    table('tasks', list.flatMap(each => ['pending', 'assigned', 'completed'].map(status =>
      [label(list, each, status), number(each[status]), all === 0 ? '–' : percent(100 * each[status] / all)])), []);
  }

  function warmers(sources) {
    const list = of(sources, 'warmer');
    table('warmer', list.flatMap(each => each.queries.map(query => [
      label(list, each, query.query), number(query.rounds), number(query.warmed), number(query.failed), number(query.left), millis(query.tookMillis),
      query.total > 0 ? query.done + ' of ' + query.total + ' done' : query.next ? Charts.clock.format(query.next) : '–', query.error ?? ''])), [7]);
  }

  function trouble(sources) {
    const broken = sources.filter(source => source.error);
    const card = document.getElementById('trouble');
    card.hidden = broken.length === 0;
    const texts = broken.map(source => source.kind + ' ' + source.name + ': ' + source.error);
    const list = card.querySelector('ul');
    if (texts.join('\n') !== list.dataset.shown) {
      list.dataset.shown = texts.join('\n');
      list.replaceChildren(...texts.map(text => Object.assign(document.createElement('li'), {textContent: text})));
    }
  }

  function show(sources, rates) {
    trouble(sources);
    caches(sources, rates);
    memory(sources);
    pools(sources);
    tasks(sources);
    warmers(sources);
  }

  return {fill, show};
})();
