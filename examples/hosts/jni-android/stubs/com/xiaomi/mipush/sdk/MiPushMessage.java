package com.xiaomi.mipush.sdk;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

public class MiPushMessage implements Serializable {
    private static final long serialVersionUID = 1;
    public String messageId;
    public final TreeMap<String, String> extra = new TreeMap<>();

    public String getMessageId() {
        return messageId;
    }

    public Map<String, String> getExtra() {
        return extra;
    }

    /** As the SDK's own prints itself, shortened. */
    @Override
    public String toString() {
        return "messageId={" + messageId + "},passThrough={0},alias={null},topic={null},userAccount={null},content={},"
                + "description={},title={},isNotified={true},notifyId={0},notifyType={1}, category={null}, extra={" + extra + "}";
    }
}
