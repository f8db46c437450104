package com.google.android.gms.tasks;

import java.util.concurrent.Executor;

public class Task<T> {
    public Exception failure;
    public T result;

    public Task<T> addOnCompleteListener(Executor executor, OnCompleteListener<T> listener) {
        executor.execute(() -> listener.onComplete(this));
        return this;
    }

    public boolean isSuccessful() {
        return failure == null;
    }

    public T getResult() {
        if (failure != null) {
            throw new RuntimeException(failure);
        }
        return result;
    }

    public Exception getException() {
        return failure;
    }
}
