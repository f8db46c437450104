package com.example.push;

/** Opens the screen that a tapped notification is about. */
public interface TapHandler {
    /**
     * Called after {@link PushRegistrar#hostReady}. A tap that is not answered by {@link Completion#ok} comes again
     * in the next process: answer also where there is nothing to open, as with the routes {@code none} and {@code unknown_…}.
     */
    void deliver(Tap tap, Completion done);
}
