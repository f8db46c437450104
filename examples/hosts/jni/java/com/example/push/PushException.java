package com.example.push;

/** What was given to the registrar cannot be used. */
public final class PushException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String code;

    PushException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A short name of the reason that does not change between versions. */
    public String code() {
        return code;
    }
}
