package dev.weft.observe;

import java.util.List;

/**
 * A task group at the time of a snapshot.
 *
 * @param owner the number of the task that runs the group
 * @param state "open", "failing" or "cancelled"
 * @param children the numbers of the tasks that have not ended, in the order of creation; the
 *     oldest 10,000
 */
public record GroupSnapshot(long owner, String state, List<Long> children) {
    /** Creates a snapshot. */
    public GroupSnapshot {
        children = List.copyOf(children);
    }
}
