/* The charts: each draws the lines of one kind of figure, and says them in a legend and a table. */
'use strict';

const Charts = (() => {
  const DASHES = [[], [7, 4], [2, 3], [], [7, 4], [2, 3]];
  const COLOURS = 6;
  const BINARY = Array.from({length: 44}, (none, power) => 2 ** power);
  const plain = new Intl.NumberFormat('en', {maximumFractionDigits: 1});
  const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
  const short = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});
  const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'});
  const clockToSecond = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});

  function number(value) {
    return Math.abs(value) >= 10000 ? short.format(value) : Math.abs(value) >= 100 ? whole.format(value) : plain.format(value);
  }

  function bytes(value) {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
    let unit = 0;
    while (Math.abs(value) >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return plain.format(value) + ' ' + units[unit];
  }

  function millis(value) {
    if (value < 1 && value > 0) {
      return plain.format(value * 1000) + ' µs';
    }
    return value < 1000 ? plain.format(value) + ' ms' : span(value);
  }

  function span(value) {
    const seconds = value / 1000;
    if (seconds < 1) return plain.format(value) + ' ms';
    if (seconds < 120) return plain.format(seconds) + ' s';
    if (seconds < 7200) return plain.format(seconds / 60) + ' min';
    if (seconds < 172800) return plain.format(seconds / 3600) + ' h';
    return plain.format(seconds / 86400) + ' d';
  }

  const FORMS = {
    percent: value => plain.format(value) + ' %',
    perSecond: value => number(value) + '/s',
    millis,
    millisPerSecond: value => span(value) + '/s',
    count: number,
    bytes,
  };

  function missing(value) {
    return value === null || value === undefined;
  }

  function say(form, value) {
    return missing(value) ? '–' : form(value);
  }

  function colour(index) {
    return getComputedStyle(document.documentElement).getPropertyValue('--c' + index % COLOURS).trim();
  }

  function ink(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  /* Loads differ by powers of ten, so theirs is a scale of powers. */
  function range(unit) {
    return (self, least, most) => {
      if (unit === 'millis') {
        if (least === null || least <= 0) return [0.001, 1];
        const low = 10 ** Math.floor(Math.log10(least));
        return [low, Math.max(low * 10, 10 ** Math.ceil(Math.log10(most)))];
      }
      if (unit === 'percent') return [0, 100];
      return [0, most === null || most <= 0 ? 1 : most * 1.12];
    };
  }

  class Chart {
    constructor(card) {
      this.card = card;
      this.name = card.dataset.chart;
      this.unit = card.dataset.unit;
      this.form = FORMS[this.unit];
      this.title = card.querySelector('h3').textContent;
      this.plot = card.querySelector('.plot');
      this.legend = card.querySelector('.legend');
      this.details = card.querySelector('details');
      this.body = card.querySelector('tbody');
      this.lines = [];
      this.data = [[]];
      this.details.addEventListener('toggle', () => this.table());
    }

    /* Draws it anew: there are other lines, or the colours have changed. */
    build() {
      if (this.u) this.u.destroy();
      const axis = {stroke: ink('--quiet'), font: '12px system-ui, sans-serif', ticks: {show: false}, grid: {stroke: ink('--grid'), width: 1}};
      this.u = new uPlot({
        width: this.plot.clientWidth || 320,
        height: this.plot.clientHeight || 190,
        padding: [8, 24, 0, 0],
        legend: {show: false},
        cursor: {sync: {key: 'tiercel'}, drag: {x: false, y: false}, points: {size: 7}},
        scales: {x: {time: true, range: (self, from, to) => [this.from ?? from, this.to ?? to]}, y: {range: range(this.unit), ...(this.unit === 'millis' ? {distr: 3} : {})}},
        axes: [
          {...axis, space: 76, size: 26, values: (self, times) => times.map(time => (this.to - this.from <= 90 ? clockToSecond : clock).format(time * 1000))},
          {...axis, space: 34, ...(this.unit === 'bytes' ? {incrs: BINARY} : {}), size: this.unit === 'bytes' || this.unit === 'millisPerSecond' ? 72 : 58, values: (self, values) => values.map(value => missing(value) ? '' : this.form(value))},
        ],
        series: [{}].concat(this.lines.map((line, index) => ({
          label: line,
          stroke: colour(index),
          width: 2,
          dash: DASHES[index % DASHES.length],
          fill: index === 0 ? colour(index) + '1c' : undefined,
          spanGaps: true,
          points: {show: false},
        }))),
        hooks: {setCursor: [self => this.said(self.cursor.idx)]},
      }, this.data, this.plot);
      this.legend.replaceChildren(...this.lines.map((line, index) => {
        const item = document.createElement('li');
        const key = document.createElement('span');
        key.className = 'key key' + index % COLOURS;
        const value = document.createElement('b');
        item.append(key, line + ' ', value);
        return item;
      }));
      this.said(null);
    }

    /* Shows a part of what is known. */
    show(at, lines, from, to) {
      const names = [...lines.keys()].filter(name => lines.get(name).some(value => !missing(value) && (value !== 0 || this.lines.includes(name))));
      const shown = names.length > 0 ? names : [...lines.keys()].slice(0, 1);
      const changed = shown.length !== this.lines.length || shown.some((name, index) => name !== this.lines[index]);
      let first = at.findIndex(time => time >= from);
      if (first < 0) first = at.length;
      this.from = from;
      this.to = to;
      this.lines = shown;
      this.data = [at.slice(first)].concat(shown.map(name => lines.get(name).slice(first)));
      this.card.hidden = false;
      if (changed || !this.u) {
        this.build();
      } else {
        this.u.setData(this.data);
        this.said(this.u.cursor.idx);
      }
    }

    /* The newest value of a line, or the one at the cursor. */
    at(index, where) {
      const values = this.data[index + 1];
      if (where !== null && where !== undefined && where >= 0 && this.u && this.u.cursor.left >= 0) return values[where];
      for (let i = values.length - 1; i >= Math.max(0, values.length - 5); i--) {
        if (!missing(values[i])) return values[i];
      }
      return null;
    }

    said(where) {
      this.legend.querySelectorAll('b').forEach((value, index) => {
        if (index < this.lines.length) value.textContent = say(this.form, this.at(index, where));
      });
    }

    /* What the chart shows, for those who do not see it. */
    describe() {
      const text = this.lines.map((line, index) => line + ' ' + say(this.form, this.at(index, null))).join(', ');
      this.plot.setAttribute('aria-label', this.title + ', line chart. Now: ' + text);
      this.table();
    }

    table() {
      if (!this.details.open) return;
      Tables.fill(this.body, this.lines.map((line, index) => {
        const values = this.data[index + 1].filter(value => !missing(value));
        const sum = values.reduce((all, value) => all + value, 0);
        return [line, say(this.form, this.at(index, null))].concat(values.length === 0 ? ['–', '–', '–']
          : [this.form(values.reduce((a, b) => Math.min(a, b))), this.form(sum / values.length), this.form(values.reduce((a, b) => Math.max(a, b)))]);
      }));
    }

    resize() {
      if (this.u && this.plot.clientWidth > 0) this.u.setSize({width: this.plot.clientWidth, height: this.plot.clientHeight});
    }
  }

  return {Chart, number, bytes, millis, span, say, clock: clockToSecond};
})();
