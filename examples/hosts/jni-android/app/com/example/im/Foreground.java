package com.example.im;

import android.app.Activity;
import android.app.Application;
import android.os.Bundle;
import com.example.push.PushRegistrar;

/** Counts the activities that are started: the app is in the foreground as long as there is one. */
final class Foreground implements Application.ActivityLifecycleCallbacks {
    private final PushApp app;
    private int started;
    /** Stopped for a rotation or the like, and not started again yet. */
    private int changing;

    Foreground(PushApp app) {
        this.app = app;
    }

    @Override
    public void onActivityStarted(Activity activity) {
        started();
    }

    @Override
    public void onActivityStopped(Activity activity) {
        stopped(activity.isChangingConfigurations());
    }

    void started() {
        boolean wasSeen = isSeen();
        started++;
        changing = Math.max(0, changing - 1);
        if (!wasSeen) {
            PushApp.tell(PushRegistrar::enterForeground);
        }
    }

    void stopped(boolean isChanging) {
        boolean wasSeen = isSeen();
        if (isChanging && started > 0) {
            changing++;
        }
        started = Math.max(0, started - 1);
        if (wasSeen && !isSeen()) {
            int unread = app.unread();
            PushApp.tell(push -> push.enterBackground(unread));
        }
    }

    private boolean isSeen() {
        return started + changing > 0;
    }

    @Override
    public void onActivityCreated(Activity activity, Bundle state) {}

    @Override
    public void onActivityResumed(Activity activity) {}

    @Override
    public void onActivityPaused(Activity activity) {}

    @Override
    public void onActivitySaveInstanceState(Activity activity, Bundle state) {}

    @Override
    public void onActivityDestroyed(Activity activity) {}
}
