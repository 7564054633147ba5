package dev.weft.instrument.explain;

import java.util.List;

/**
 * A state: the place where a suspended method waits.
 *
 * @param state its number, from 1
 * @param line 0 if unknown
 * @param callee the awaited call, {@code Prices.fetch}; else a description of the awaited value
 * @param saved the values that the frame keeps meanwhile
 */
public record AwaitState(int state, int line, String callee, How how, List<Saved> saved) {
    /** The form of an await in compiled code. */
    public enum How {
        /** An await of any awaitable. */
        AWAIT("await", ""),
        /** An await of a method of the same class, whose body is called without a coroutine. */
        DIRECT("await", "direct call"),
        /** An await of a call that the runtime answers without a coroutine. */
        RUNTIME("await", "without a coroutine"),
        /** An emit of a generator. */
        EMIT("emit", ""),
        /** The awaited close of a resource. */
        CLOSE("close", ""),
        /**
         * A coroutine that is returned from a try, and is awaited there so that its failure is
         * seen.
         */
        RETURNED("return", "awaited in its try");

        private final String verb;
        private final String remark;

        How(String verb, String remark) {
            this.verb = verb;
            this.remark = remark;
        }

        /** Returns the word of the source. */
        public String verb() {
            return verb;
        }

        /** Returns a property for the reader; empty if there is none. */
        public String remark() {
            return remark;
        }
    }

    public AwaitState {
        saved = List.copyOf(saved);
    }

    /** Returns a short name, {@code await Prices.fetch}. */
    public String title() {
        return callee.isEmpty() || callee.equals(how.verb())
                ? how.verb()
                : how.verb() + " " + callee;
    }

    /**
     * A value that a suspended method keeps.
     *
     * @param name of the variable; a description in brackets for any other value
     * @param type the simple name
     * @param usedIn the lines that read the value later, each on some path; empty if unknown
     */
    public record Saved(String name, String type, List<Integer> usedIn) {
        /** The most lines that a text lists. */
        private static final int MOST_LINES = 4;

        public Saved {
            usedIn = List.copyOf(usedIn);
        }

        /** Returns the reason, {@code used in lines 4, 7}. */
        public String reason() {
            if (usedIn.isEmpty()) {
                return "used later";
            }
            StringBuilder text =
                    new StringBuilder(usedIn.size() == 1 ? "used in line " : "used in lines ");
            for (int i = 0; i < Math.min(usedIn.size(), MOST_LINES); i++) {
                text.append(i == 0 ? "" : ", ").append(usedIn.get(i));
            }
            return text.append(usedIn.size() > MOST_LINES ? ", ..." : "").toString();
        }
    }
}
