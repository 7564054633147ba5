package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Loops with {@code await} in their headers and bodies; labelled jumps. */
public class Loops {
    @Async
    static Coroutine<Object> forHeader() throws Exception {
        int sum = 0;
        for (int i = await(step("init", 1));
                i < await(step("limit", 3));
                i += await(step("by", 1))) {
            sum += i;
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<Object> whileHeader() throws Exception {
        int i = 0;
        while (await(step("next", i)) < 2) {
            i++;
        }
        while (i-- > 0 && await(step("down", true))) {
            log(i);
        }
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> doWhile() throws Exception {
        long i = 0;
        do {
            i += await(step("body", 2L));
            if (i == 4) {
                continue;
            }
            log(i);
        } while (i < await(step("limit", 5L)));
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> overArray() throws Exception {
        double sum = 0;
        for (double d : await(step("array", new double[] {1, 2, 3}))) {
            sum += d * await(step("times", 2));
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<Object> overCollection() throws Exception {
        List<String> out = new ArrayList<>();
        for (String s : await(step("list", List.of("a", "b")))) {
            for (Character c : List.of('x', 'y')) {
                out.add(s + c + await(step("n", out.size())));
            }
        }
        return Coroutine.of(out);
    }

    @Async
    static Coroutine<Object> overIterator() throws Exception {
        Iterator<Integer> it = List.of(1, 2, 3).iterator();
        int sum = 0;
        while (it.hasNext()) {
            sum += it.next() * await(step("factor", 10));
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<Object> labelled() throws Exception {
        String all = "";
        outer:
        for (int i = 0; ; i++) {
            for (int j = 0; j < 3; j++) {
                if (await(step("i" + i + "j" + j, j)) == i) {
                    all += "c";
                    continue outer;
                }
                if (i == 2) {
                    break outer;
                }
                all += j;
            }
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> labelledBlock() throws Exception {
        int i = 0;
        block:
        {
            i = await(step("a", 1));
            if (i == 1) {
                break block;
            }
            i = await(step("never", 2));
        }
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> jumpsThroughFinally() throws Exception {
        String all = "";
        outer:
        for (int i = 0; i < 3; i++) {
            while (true) {
                try {
                    if (await(step("i", i)) == 0) {
                        continue outer;
                    }
                    if (i == 1) {
                        break;
                    }
                    break outer;
                } finally {
                    all += await(step("finally", "f" + i));
                }
            }
            all += "after";
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> increments() throws Exception {
        int i = 0;
        int j = 1000;
        for (; i < 3; i++, j -= 300) {
            i += await(step("i", 0));
            await(step("j", j++));
        }
        return Coroutine.of(i + " " + j);
    }

    @Async
    static Coroutine<Object> returnsFromInside() throws Exception {
        for (int i = 0; ; i++) {
            for (long l = 5; ; l--) {
                if (await(step("both", i + l)) == 4) {
                    return Coroutine.of(l);
                }
                if (l == 5) {
                    break;
                }
            }
        }
    }

    @Async
    static Coroutine<Object> growsWhatItHolds() throws Exception {
        Object chain = null;
        for (int i = 0; i < 4; i++) {
            chain = new Object[] {i, chain, await(step("link", "l" + i))};
        }
        return Coroutine.of(chain);
    }
}
