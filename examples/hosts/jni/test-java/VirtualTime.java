import com.example.push.PushRegistrar;
import java.util.PriorityQueue;

/** A clock and an alarm clock that stand still until {@link #advance}. */
final class VirtualTime implements PushRegistrar.Clock, PushRegistrar.Scheduler {
    private static final class Task implements Comparable<Task> {
        final long due;
        final long order;
        final Runnable what;

        Task(long due, long order, Runnable what) {
            this.due = due;
            this.order = order;
            this.what = what;
        }

        @Override
        public int compareTo(Task other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long now;
    private long added;
    private Task alarm;

    synchronized Task after(long delayMillis, Runnable what) {
        Task task = new Task(now + delayMillis, ++added, what);
        tasks.add(task);
        return task;
    }

    void advance(long millis) {
        long end = elapsedRealtime() + millis;
        for (Task task = due(end); task != null; task = due(end)) {
            task.what.run();
        }
        synchronized (this) {
            now = Math.max(now, end);
        }
    }

    private synchronized Task due(long end) {
        Task task = tasks.peek();
        if (task == null || task.due > end) {
            return null;
        }
        now = Math.max(now, task.due);
        return tasks.poll();
    }

    @Override
    public synchronized long elapsedRealtime() {
        return now;
    }

    @Override
    public synchronized long currentTimeMillis() {
        return 1_795_392_000_000L + now;
    }

    @Override
    public synchronized void schedule(long delayMillis, Runnable ring) {
        cancel();
        alarm = after(delayMillis, ring);
    }

    @Override
    public synchronized void cancel() {
        if (alarm != null) {
            tasks.remove(alarm);
            alarm = null;
        }
    }
}
