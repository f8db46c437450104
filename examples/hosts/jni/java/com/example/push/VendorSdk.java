package com.example.push;

import java.util.Set;

/** The vendors' push SDKs that are part of the app. Vendors are named Xiaomi, Huawei, Honor, OPPO, vivo, Meizu, FCM. */
public interface VendorSdk {
    /** Whose SDKs these are. Asked once, before {@link PushObserver#started}. */
    Set<String> vendors();

    /**
     * Starts an SDK and asks it for a token. The token goes to {@link Completion#token}, or from the SDK's receiver to
     * {@link PushRegistrar#tokenReceived}; {@link Completion#ok} says no more than that the SDK was asked.
     */
    void register(String vendor, String kind, Completion done);

    /** The user took the consent back. */
    default void unregister(String vendor) {}
}
