package com.example.push;

/**
 * A tapped notification. It comes from outside of the app: any app can send such an intent, so check what {@link #ext} asks
 * for as you would check the input of a stranger.
 */
public final class Tap {
    /**
     * Where to go: {@code chat} and {@code call} with {@link #peer}; {@code link}, a web page, and {@code custom} with {@link #ext};
     * {@code none}, open the app; {@code unknown_version} and {@code unknown_action}, tell the user that the app is too old.
     */
    public final String route;
    /** The user or group that {@link #route} leads to, or null. */
    public final String peer;
    /** Whether {@link #peer} is a group. */
    public final boolean isGroup;
    /** What the sender attached, or null. With the route {@code link} the address, {@code http} or {@code https}. */
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
