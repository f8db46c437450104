package com.example.push;

/** The answer to one call. A second answer, or one that comes too late, is ignored. */
public final class Completion {
    private final PushRegistrar push;
    private final long raw;

    Completion(PushRegistrar push, long raw) {
        this.push = push;
        this.raw = raw;
    }

    /** It is done. */
    public boolean ok() {
        return push.completeOk(raw);
    }

    /** A vendor SDK gave this token. */
    public boolean token(String text) {
        return push.completeToken(raw, text);
    }

    /** It failed with this code of the SDK's; for the IM SDK, 0 is success. */
    public boolean failed(long code) {
        return push.completeFailed(raw, Long.toString(code), -1);
    }

    /** It failed with this code, and the other side asks to wait that long. */
    public boolean failed(long code, long retryAfterMillis) {
        return push.completeFailed(raw, Long.toString(code), retryAfterMillis);
    }

    /** It failed with a name (FCM) or with an exception's text. */
    public boolean failed(String nameOrMessage) {
        return push.completeFailed(raw, nameOrMessage, -1);
    }

    /** Nobody will ever know. The bridge says so where a call throws. */
    public boolean lost() {
        return push.completeLost(raw);
    }
}
