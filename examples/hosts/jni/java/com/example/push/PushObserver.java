package com.example.push;

/** Hears what goes on. Nothing here holds a token or an account. */
public interface PushObserver {
    /** Comes before any other call but {@link VendorSdk#vendors} and those of the clock: keep the registrar here. */
    default void started(PushRegistrar push) {}

    /**
     * Something to know, with what to do about it in {@code text}. The code {@code certificates} is a finding about what the
     * builder was given.
     */
    default void notice(String code, String vendor, String text) {}

    /** A part of the registrar changed its state. */
    default void transition(String text) {}

    /** An event came in; {@code verdict} says whether it counts, and why not. */
    default void event(String name, String verdict) {}
}
