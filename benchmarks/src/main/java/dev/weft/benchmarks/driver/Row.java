package dev.weft.benchmarks.driver;

/** One figure of one peer in one round. */
record Row(String workload, String unit, Contestant contestant, int round, double value) {
    static final String HEAD = "workload,unit,peer,java,round,value";

    String csv() {
        return "\"%s\",\"%s\",\"%s\",%d,%d,%s"
                .formatted(
                        workload,
                        unit,
                        contestant.peer(),
                        contestant.jvm().feature(),
                        round,
                        Numbers.exact(value));
    }
}
