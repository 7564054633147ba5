package dev.weft;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The live tasks of a loop, in creation order, held strongly: no task is ever lost to the
 * collector. A list through the tasks.
 */
final class TaskTable {
    private @Nullable Task<?> first;
    private @Nullable Task<?> last;

    void add(Task<?> task) {
        Task<?> before = last;
        task.tableBefore = before;
        last = task;
        if (before == null) {
            first = task;
        } else {
            before.tableAfter = task;
        }
    }

    void remove(Task<?> task) {
        Task<?> before = task.tableBefore;
        Task<?> after = task.tableAfter;
        if (before == null) {
            first = after;
        } else {
            before.tableAfter = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.tableBefore = before;
        }
        task.tableBefore = null;
        task.tableAfter = null;
    }

    boolean isEmpty() {
        return first == null;
    }

    List<Task<?>> all() {
        List<Task<?>> tasks = new ArrayList<>();
        for (Task<?> task = first; task != null; task = task.tableAfter) {
            tasks.add(task);
        }
        return tasks;
    }
}
