package com.huawei.hms.common;

public class ApiException extends Exception {
    private static final long serialVersionUID = 1;
    private final int code;

    public ApiException(int code) {
        super(code + ": ");
        this.code = code;
    }

    public int getStatusCode() {
        return code;
    }
}
