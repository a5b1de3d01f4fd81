// The language of the hidden tests: test, assert, random, solution, worker. Its
// value is an object of two functions, which the judge keeps: `list()` and
// `run(index)`.
//
// Hidden tests are ours and trusted; what the solution answers is plain data by
// the time it arrives here. So this file guards against mistakes, not attacks.
((ask, seedOf, rests, children, newFlag, scene) => {
  "use strict";
  const tests = [];

  class AssertionError extends Error {
    constructor(message, shown) {
      super(message);
      this.shown = shown;
    }
  }

  class SolutionError extends Error {
    constructor(data) {
      super(text(data));
      this.name = "SolutionError";
      this.data = data;
    }
  }

  const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));

  const declare = (name, body, { points = 1, cause = null } = {}) => {
    tests.push({ name: String(name), body, points, cause });
  };

  // In a breach the attack is judged, and not what the room does otherwise.
  globalThis.test = scene.breach ? () => {} : (name, body, options) => declare(name, body, options);

  // --- solution: whatever name a test uses is asked of the worker -----------

  const value = (reply) => {
    if (Object.hasOwn(reply, "err")) throw new SolutionError(reply.err);
    return reply.ok;
  };

  const objects = new WeakSet();
  const object = (id) => {
    const made = new Proxy(
      {},
      {
        get: (_, name) =>
          typeof name === "string"
            ? (...args) => value(ask("method", id, name, args))
            : undefined,
      },
    );
    objects.add(made);
    return made;
  };

  const served = (name) =>
    new Proxy(function () {}, {
      apply: (_, __, args) => value(ask("function", 0, name, args)),
      construct: (_, args) => {
        const reply = ask("new", 0, name, args);
        if (Object.hasOwn(reply, "err")) throw new SolutionError(reply.err);
        return object(reply.object);
      },
    });

  globalThis.solution = new Proxy(
    {},
    { get: (_, name) => (typeof name === "string" ? served(name) : undefined) },
  );

  // --- worker: the process that answers, seen from outside -------------------

  globalThis.worker = { rests, children };

  // --- escape: a room and the attacks on it ----------------------------------

  // A host that looks for its flag in what goes out is no fix: a guest spells it
  // otherwise. So it counts backwards as well, and with anything in between.
  const holds = (got, flag) => {
    const letters = (what) => what.replace(/[^0-9a-z]/g, "");
    const seen = letters(text(got) ?? "");
    const wanted = letters(flag);
    return seen.includes(wanted) || [...seen].reverse().join("").includes(wanted);
  };

  /// `capture(attack, flag)` plays a guest program in a room that hides the flag
  /// and returns what the guest got hold of.
  globalThis.escape = (capture, options = {}) => {
    for (const { name, source } of scene.attacks) {
      const attacked = () => {
        const flag = newFlag();
        let got;
        try {
          got = capture(source, flag);
        } catch (error) {
          // A flag in an error is captured as well.
          if (!(error instanceof SolutionError)) throw error;
          got = error.data;
        }
        return { captured: holds(got, flag), got };
      };
      const breached = () => {
        const { captured, got } = attacked();
        if (!captured) {
          fail("the attack did not capture the flag", {
            expected: { text: "a result that holds the flag of this run" },
            got: { value: got },
          });
        }
      };
      const withstood = () => {
        const { captured, got } = attacked();
        if (captured) {
          fail("the attack captured the flag", {
            expected: { text: "anything without the flag" },
            got: { value: got },
          });
        }
      };
      if (scene.breach) {
        declare("the attack captures the flag", breached);
        declare("the attack captures another flag", breached);
      } else {
        const points = name === "your own" ? 0 : options.points;
        declare(`${name} attack captures nothing`, withstood, { ...options, points });
      }
    }
  };

  // --- assert ----------------------------------------------------------------

  const isObject = (value) => typeof value === "object" && value !== null;

  const same = (a, b) => {
    if (!isObject(a) || !isObject(b)) return Object.is(a, b);
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
    );
  };

  const fail = (message, shown = {}) => {
    throw new AssertionError(message, shown);
  };

  globalThis.assert = {
    equal(got, expected, message = "the answer is not the one expected") {
      if (!same(got, expected)) fail(message, { expected: { value: expected }, got: { value: got } });
    },
    notEqual(got, other, message = "the answer is one that it must not be") {
      if (same(got, other)) {
        fail(message, { expected: { text: "anything else" }, got: { value: got } });
      }
    },
    ok(got, message) {
      if (got) return;
      if (message === undefined) {
        fail("the answer does not hold what was expected", {
          expected: { text: "something true" },
          got: { value: got },
        });
      }
      // The message says it; `false` beside it would say nothing more.
      fail(message, typeof got === "boolean" ? {} : { got: { value: got } });
    },
    match(got, pattern, message = "the text does not say what was expected") {
      if (typeof got !== "string" || !pattern.test(got)) {
        fail(message, { expected: { text: `text that matches ${pattern}` }, got: { value: got } });
      }
    },
    throws(body, expected, what) {
      let answer;
      try {
        answer = body();
      } catch (error) {
        if (!(error instanceof SolutionError)) throw error;
        const { data } = error;
        if (expected instanceof RegExp) {
          if (!expected.test(text(data))) {
            fail("the error does not say what was expected", {
              expected: { text: `Err with text that matches ${expected}` },
              got: { err: data },
            });
          }
        } else if (typeof expected === "function") {
          if (!expected(data)) {
            const shown = what === undefined ? {} : { expected: { text: what } };
            fail("the error is not the one expected", { ...shown, got: { err: data } });
          }
        } else if (expected !== undefined && !same(data, expected)) {
          fail("the error is not the one expected", {
            expected: { err: expected },
            got: { err: data },
          });
        }
        return data;
      }
      return fail("an error was expected, and a value came", {
        expected: {
          text:
            what ??
            (expected instanceof RegExp ? `Err with text that matches ${expected}` : "an Err"),
        },
        got: objects.has(answer) ? { text: "an object" } : { value: answer },
      });
    },
    fail,
  };

  // --- random: the same sequence for the same seed (mulberry32) --------------

  let state = 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const LETTERS = "abcdefghijklmnopqrstuvwxyz";
  globalThis.random = {
    flag: newFlag,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    pick: (array) => array[random.int(0, array.length - 1)],
    shuffle: (array) => {
      const copy = [...array];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = random.int(0, i);
        [copy[i], copy[j]] = [copy[j], copy[i]];
      }
      return copy;
    },
    string: (length) =>
      Array.from({ length }, () => LETTERS[random.int(0, LETTERS.length - 1)]).join(""),
    // The digit keeps it from being a reserved word or a built-in's name.
    word: () => random.string(5) + random.int(10, 99),
  };

  return {
    list: () => tests.map(({ name, points, cause }) => ({ name, points, cause })),
    run: (index) => {
      state = seedOf(index) | 0;
      try {
        tests[index].body();
        return { outcome: "passed" };
      } catch (error) {
        if (error instanceof AssertionError) {
          return { outcome: "failed", message: error.message, ...error.shown };
        }
        if (error instanceof SolutionError) {
          return {
            outcome: "failed",
            message: "an error came where a value was expected",
            got: { err: error.data },
          };
        }
        return { outcome: "broken", message: String(error) };
      }
    },
  };
})
