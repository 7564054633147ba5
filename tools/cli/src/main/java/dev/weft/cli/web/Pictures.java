package dev.weft.cli.web;

import dev.weft.cli.CommandException;
import java.util.concurrent.TimeUnit;

/**
 * The pictures of a program, taken one after another while a viewer waits for the next one. All
 * viewers get the same pictures, so their number does not matter to the program.
 */
final class Pictures {
    /** The longest measurement that a program accepts. */
    private static final int LONGEST_MEASUREMENT = 5_000;

    /** A picture is shown to a viewer that comes until the next one is late by this time. */
    private static final long SLACK_MILLIS = 500;

    /** A program with a million tasks is busy for most of a question, and has other work. */
    private static final int RESTS_PER_QUESTION = 8;

    private static final long LONGEST_REST_MILLIS = 10_000;

    private static final long NOTHING_OWED = 0;

    private final Watched program;
    private final long periodMillis;

    private Picture newest = Picture.NONE;

    /** The time from the newest picture to the next question. */
    private long restMillis;

    /** The last measurement. Used by the thread that asks only. */
    private String steps = Steps.NONE;

    /** The viewers that wait for a picture. */
    private int waiting;

    /** The {@link System#nanoTime} from which on an answer is late. */
    private long owedSince = NOTHING_OWED;

    private Pictures(Watched program, long periodMillis) {
        this.program = program;
        this.periodMillis = periodMillis;
    }

    /** Starts to take pictures when viewers come. Ends with the program. */
    static Pictures start(Watched program, long periodMillis) {
        Pictures pictures = new Pictures(program, periodMillis);
        Thread thread = new Thread(pictures::run, "weft-pictures");
        thread.setDaemon(true);
        thread.start();
        return pictures;
    }

    // ---- the viewers

    /**
     * Returns the first new picture with a number above {@code known} as JSON. If there is none
     * within the time limit, returns the last picture without the tasks, and the time for which the
     * program has not answered.
     */
    synchronized String after(long known, long patienceMillis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        waiting++;
        notifyAll();
        try {
            while (!isNew(known)) {
                long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (rest <= 0) {
                    return nothingNew(known);
                }
                wait(rest);
            }
            return newest.json(0);
        } finally {
            waiting--;
        }
    }

    private boolean isNew(long known) {
        boolean isFresh = millisSince(newest.taken()) < restMillis + SLACK_MILLIS;
        return newest.isLast() || (isFresh && newest.number() > known);
    }

    private String nothingNew(long known) {
        Picture none = new Picture(known, 0, newest.millis(), "", "", newest.message(), false);
        long silent = owedSince == NOTHING_OWED ? 0 : Math.max(0, millisSince(owedSince));
        return none.json(silent);
    }

    private static long millisSince(long nanoTime) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
    }

    /** Publishes that the program has ended, with the last tasks. */
    synchronized void end(String message) {
        if (!newest.isLast()) {
            newest =
                    new Picture(
                            newest.number() + 1,
                            System.nanoTime(),
                            newest.millis(),
                            newest.loops(),
                            newest.steps(),
                            message,
                            true);
            notifyAll();
        }
    }

    // ---- the thread that asks the program

    private void run() {
        try {
            while (isWanted()) {
                ask();
                rest();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a viewer. Returns false if the program has ended. */
    private synchronized boolean isWanted() throws InterruptedException {
        while (waiting == 0 && !newest.isLast()) {
            wait();
        }
        return !newest.isLast();
    }

    private void ask() {
        String loops = "";
        String message = "";
        owe(0);
        try {
            loops = program.tasks();
        } catch (RuntimeException failure) {
            message = textOf(failure);
        }
        publish(loops, message);
    }

    private static String textOf(RuntimeException failure) {
        return failure instanceof CommandException expected
                ? String.valueOf(expected.getMessage())
                : failure.toString();
    }

    private synchronized void publish(String loops, String message) {
        long took = millisSince(owedSince);
        owedSince = NOTHING_OWED;
        if (!newest.isLast()) {
            newest =
                    new Picture(
                            newest.number() + 1,
                            System.nanoTime(),
                            System.currentTimeMillis(),
                            loops,
                            steps,
                            message,
                            false);
        }
        long rest = canMeasure() ? RESTS_PER_QUESTION * took : 0;
        restMillis = Math.max(periodMillis, Math.min(rest, LONGEST_REST_MILLIS));
        notifyAll();
    }

    private synchronized void owe(long millisFromNow) {
        owedSince = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisFromNow);
    }

    /** Measures the program, and waits until the next picture is due. */
    private void rest() throws InterruptedException {
        long began = System.nanoTime();
        steps = canMeasure() ? measured() : Steps.NONE;
        synchronized (this) {
            owedSince = NOTHING_OWED;
            long rest = restMillis - millisSince(began);
            while (rest > 0 && !newest.isLast()) {
                wait(rest);
                rest = restMillis - millisSince(began);
            }
        }
    }

    /** A loop that is stuck, or a program that does not answer, would delay the next picture. */
    private synchronized boolean canMeasure() {
        return newest.message().isEmpty() && !newest.isStuck() && !newest.isLast();
    }

    private String measured() {
        int millis = (int) Math.min(periodMillis, LONGEST_MEASUREMENT);
        owe(millis);
        try {
            return Steps.json(program.busiest(millis));
        } catch (RuntimeException failure) {
            return Steps.NONE; // the next picture says why
        }
    }
}
