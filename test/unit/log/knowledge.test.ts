import assert from 'node:assert/strict';
import { CONSEQUENCES } from '../../../server/src/core/knowledge/consequences.ts';
import { CRASHES, crashKind } from '../../../server/src/core/knowledge/crashes.ts';
import { FAILURE_CATEGORIES } from '../../../server/src/core/knowledge/failureCategories.ts';
import { LOG_EVENTS } from '../../../server/src/core/knowledge/logEvents.ts';
import { ANSWERING_LOGGERS, ANSWERING_NEAR_MISSES, ANSWERING_SAMPLES } from '../../../server/src/core/knowledge/logLoggers.ts';
import { OOM_POOLS } from '../../../server/src/core/knowledge/memoryErrors.ts';
import { PROCESS_ENDS, processEnd } from '../../../server/src/core/knowledge/processEnds.ts';
import { SERVICE_ANSWERS, serviceAnswer } from '../../../server/src/core/knowledge/serviceAnswers.ts';
import { START_FAILURES } from '../../../server/src/core/knowledge/startFailures.ts';
import { matchAnywhere, matchMessage, plainTaskState } from '../../../server/src/core/log/events.ts';
import { LAYOUTS, LayoutMatcher, matchLayout } from '../../../server/src/core/log/layouts.ts';
import { LINE_PREFIXES, peel } from '../../../server/src/core/unwrap/lines/prefixes.ts';

/** Every piece of knowledge about logs carries its own samples and near misses. */
describe('log knowledge: samples and near misses', () => {
  for (const kind of LOG_EVENTS) {
    it(`event ${kind.id}`, () => {
      assert.ok(kind.samples.length > 0 && kind.nearMisses.length > 0, 'has samples and near misses');
      const ids = (text: string) => (kind.anywhere ? matchAnywhere(text).map((match) => match.kind.id) : [matchMessage(text)?.kind.id]);
      for (const sample of kind.samples) {
        assert.ok(kind.pattern.test(sample), `pattern matches "${sample}"`);
        assert.ok(ids(sample).includes(kind.id), `matcher finds it in "${sample}"`);
      }
      for (const miss of kind.nearMisses) {
        assert.ok(!kind.pattern.test(miss), `pattern leaves "${miss}" alone`);
        assert.ok(!ids(miss).includes(kind.id), `matcher leaves "${miss}" alone`);
      }
    });
  }

  it('numbered groups give the fields of the named ones', () => {
    for (const kind of LOG_EVENTS) {
      for (const sample of kind.samples) {
        const named = Object.fromEntries(Object.entries(kind.pattern.exec(sample)?.groups ?? {}).filter(([, value]) => value !== undefined));
        const match = kind.anywhere ? matchAnywhere(sample).find((one) => one.kind === kind) : matchMessage(sample);
        assert.deepEqual({ ...match?.fields }, named, sample);
      }
    }
  });

  it('the short cut for task states says what the pattern says', () => {
    const samples = LOG_EVENTS.flatMap((kind) => [...kind.samples, ...kind.nearMisses]);
    const states = LOG_EVENTS.find((kind) => kind.id === 'task-state');
    let plain = 0;
    for (const sample of samples) {
      const short = plainTaskState(sample);
      if (short === null) continue;
      plain++;
      const { task, exec, from, to } = states?.pattern.exec(sample)?.groups ?? {};
      assert.deepEqual(short.fields, { task, exec, from, to });
    }
    assert.ok(plain > 0);
  });

  for (const layout of LAYOUTS) {
    it(`layout ${layout.id}`, () => {
      for (const sample of layout.samples) {
        const head = matchLayout(layout, sample);
        assert.notEqual(head, null, sample);
        assert.equal(head?.stamp === null, layout.timeless === true, `time of "${sample}"`);
        const matcher = new LayoutMatcher();
        matcher.match(sample);
        assert.equal(matcher.last?.id, layout.id, `"${sample}" is recognised as this layout`);
      }
      for (const miss of layout.nearMisses) assert.equal(matchLayout(layout, miss), null, miss);
    });
  }

  for (const wrapper of LINE_PREFIXES) {
    it(`wrapper ${wrapper.id}`, () => {
      for (const sample of wrapper.samples) assert.match(peel(wrapper, sample)?.text ?? '', /^\s*(?:\d{4}-\d\d-\d\d|at )/);
      for (const miss of wrapper.nearMisses) assert.equal(peel(wrapper, miss), null, miss);
    });
  }

  it('exceptions that follow from others', () => {
    const split = (text: string) => ({ name: text.split(': ')[0] as string, message: text.split(': ').slice(1).join(': ') });
    for (const { className, message, samples, nearMisses } of CONSEQUENCES) {
      const follows = (text: string) => className.test(split(text).name) && (message?.test(split(text).message) ?? true);
      for (const sample of samples) assert.ok(follows(sample), sample);
      for (const miss of nearMisses) assert.ok(!follows(miss), miss);
    }
  });

  it('categories of exceptions', () => {
    for (const { category, pattern, frames, samples, nearMisses } of FAILURE_CATEGORIES) {
      const fits = (text: string) => (text.startsWith('at ') ? frames?.test(text.slice(3)) : pattern?.test(text)) === true;
      for (const sample of samples) assert.ok(fits(sample), `${category}: ${sample}`);
      for (const miss of nearMisses) assert.ok(!fits(miss), `${category}: ${miss}`);
    }
  });

  it('why a process did not start', () => {
    for (const { category, pattern, frames, samples, nearMisses } of START_FAILURES) {
      const fits = (text: string) => (text.startsWith('at ') ? frames?.test(text.slice(3)) : pattern?.test(text)) === true;
      for (const sample of samples) assert.ok(fits(sample), `${category}: ${sample}`);
      for (const miss of nearMisses) assert.ok(!fits(miss), `${category}: ${miss}`);
    }
  });

  it('what services answer', () => {
    for (const { id, samples, nearMisses } of SERVICE_ANSWERS) {
      for (const sample of samples) assert.equal(serviceAnswer([sample])?.id, id, sample);
      for (const miss of nearMisses) assert.notEqual(serviceAnswer([miss])?.id, id, miss);
    }
  });

  it('libraries that crash', () => {
    for (const { library, samples, nearMisses } of CRASHES) {
      for (const sample of samples) assert.equal(crashKind(sample).library, library, sample);
      for (const miss of nearMisses) assert.notEqual(crashKind(miss).library, library, miss);
    }
  });

  it('ends of containers', () => {
    for (const { reason, samples, nearMisses } of PROCESS_ENDS) {
      for (const sample of samples) assert.equal(processEnd(sample)?.reason, reason, sample);
      for (const miss of nearMisses) assert.notEqual(processEnd(miss)?.reason, reason, miss);
    }
  });

  it('memory pools by what the JVM prints', () => {
    for (const { text, samples, nearMisses } of OOM_POOLS) {
      for (const sample of samples) assert.match(sample, text);
      for (const miss of nearMisses) assert.doesNotMatch(miss, text);
    }
  });

  it('loggers whose exceptions are answers', () => {
    for (const sample of ANSWERING_SAMPLES) assert.match(sample, ANSWERING_LOGGERS);
    for (const miss of ANSWERING_NEAR_MISSES) assert.doesNotMatch(miss, ANSWERING_LOGGERS);
  });
});
