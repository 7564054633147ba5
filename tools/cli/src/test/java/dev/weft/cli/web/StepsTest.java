package dev.weft.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepsTest {
    @Test
    void eachLoopHasItsTotalsAndTheStepsOfItsTasks() {
        String text =
                """
                loop 1 of thread main: 3 tasks (1 waiting, 2 sleeping), 2 timers
                1,087 steps/s, busy 0.1 %, longest step 45.6 us of task customers
                TASK   BUSY  STEPS  LONGEST  STATE     NAME       WAITS FOR
                   4  0.1 %  1,087  45.6 us  sleeping  customers  0.0 s of sleep
                   1  0.0 %      0        -  sleeping  Task-1     3571.0 s of sleep
                loop 2.1 of thread other: 0 tasks (), 0 timers
                0 steps/s
                TASK  BUSY  STEPS  LONGEST  STATE  NAME  WAITS FOR
                """;

        assertThat(Steps.json(text))
                .isEqualTo(
                        "{\"1\":{\"rate\":1087,\"busy\":0.1,\"longest\":\"45.6 us\",\"owner\":\"task"
                                + " customers\",\"tasks\":{\"4\":1087}},\"2.1\":{\"rate\":0,\"tasks\":{}}}");
    }

    @Test
    void aLoopThatIsNotMeasuredIsLeftOut() {
        assertThat(
                        Steps.json(
                                """
                                loop 1 of thread main: the loop has not answered for 1000 ms; no step runs
                                  thread main: RUNNABLE
                                    at Shop.main(Shop.java:1)
                                approximate (read while the loop does not answer): 1 task (1 running), 0 timers
                                TASK   BUSY  STEPS  LONGEST  STATE    NAME    WAITS FOR
                                   1  0.0 %      0        -  running  Task-1
                                """))
                .isEqualTo("{}");
    }

    @Test
    void namesCannotPretendToBeNumbers() {
        String text =
                """
                loop 1 of thread loop 7 of thread x: 1 task (1 ready), 0 timers
                5 steps/s, busy 0.1 %, longest step 1.0 us of task "},"x":{" STEPS  LONGEST
                TASK   BUSY  STEPS  LONGEST  STATE  NAME                      WAITS FOR
                   1  0.1 %      5   1.0 us  ready  "},"x":{" STEPS  LONGEST  7
                """;

        assertThat(Steps.json(text))
                .isEqualTo(
                        "{\"1\":{\"rate\":5,\"busy\":0.1,\"longest\":\"1.0 us\",\"owner\":\"task"
                                + " \\\"},\\\"x\\\":{\\\" STEPS  LONGEST\",\"tasks\":{\"1\":5}}}");
    }

    @Test
    void textOfAnotherVersionIsLeftOut() {
        assertThat(Steps.json("")).isEqualTo("{}");
        assertThat(Steps.json("loop one\n5 steps/s\nTASK\n1\n")).isEqualTo("{}");
        assertThat(Steps.json("loop 1 of thread main: x\n5 steps/s\nTASK  NEW\n   1  x\n"))
                .isEqualTo("{\"1\":{\"rate\":5,\"tasks\":{}}}");
    }
}
