package com.example.im;

import com.example.push.Completion;
import com.example.push.ImClient;
import com.tencent.imsdk.v2.V2TIMCallback;
import com.tencent.imsdk.v2.V2TIMManager;
import com.tencent.imsdk.v2.V2TIMOfflinePushConfig;

/** Tencent's IM SDK. */
final class TencentIm implements ImClient {
    @Override
    public void setOfflinePush(int businessId, String vendor, String token, String kind, Completion done) {
        V2TIMOfflinePushConfig config = businessId == 0 ? null : new V2TIMOfflinePushConfig(businessId, token);
        V2TIMManager.getOfflinePushManager().setOfflinePushConfig(config, answer(done));
    }

    @Override
    public void setPresence(boolean foreground, int unread, Completion done) {
        if (foreground) {
            V2TIMManager.getOfflinePushManager().doForeground(answer(done));
        } else {
            V2TIMManager.getOfflinePushManager().doBackground(unread, answer(done));
        }
    }

    /** Logs out, as soon as no report of this session is under way. */
    static void logOut() {
        PushApp.tell(push -> push.logOut(push.session(), (session, clean, superseded) -> {
            if (superseded) {
                return; // another account has logged in
            }
            String user = V2TIMManager.getInstance().getLoginUser();
            V2TIMManager.getInstance().logout(new V2TIMCallback() {
                @Override
                public void onSuccess() {
                    PushApp.tell(push -> push.loggedOut(session));
                }

                @Override
                public void onError(int code, String desc) {
                    PushApp.tell(push -> push.loggedIn(user));
                }
            });
        }));
    }

    private static V2TIMCallback answer(Completion done) {
        return new V2TIMCallback() {
            @Override
            public void onSuccess() {
                PushApp.WORKER.execute(done::ok);
            }

            @Override
            public void onError(int code, String desc) {
                PushApp.WORKER.execute(() -> done.failed(code));
            }
        };
    }
}
