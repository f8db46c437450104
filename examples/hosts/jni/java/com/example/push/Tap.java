package com.example.push;

/**
 * A tapped notification. It comes from outside of the app: any app can send such an intent, so check what {@link #ext} asks
 * for as you would check the input of a stranger.
 */
public final class Tap {
    /** Where to go: {@code chat}, {@code call}, {@code custom} (look into {@link #ext}), {@code none}, {@code unknown}. */
    public final String route;
    /** The user or group that {@link #route} leads to, or null. */
    public final String peer;
    /** Whether {@link #peer} is a group. */
    public final boolean isGroup;
    /** What the sender attached, or null. */
    public final String ext;
    /** The vendor, or null if it is unknown. */
    public final String vendor;
    /** For whom it is: {@code stated}, {@code assumed}, {@code not_yours} with {@link #account}, or {@code unknown}. */
    public final String receiver;
    /** The account it is for, or null. */
    public final String account;

    Tap(String route, String peer, boolean isGroup, String ext, String vendor, String receiver, String account) {
        this.route = route;
        this.peer = peer;
        this.isGroup = isGroup;
        this.ext = ext;
        this.vendor = vendor;
        this.receiver = receiver;
        this.account = account;
    }
}
