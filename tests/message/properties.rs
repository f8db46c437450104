//! What is written is read back as it was, whatever it is.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tim_offline_push::ext::Ext;
use tim_offline_push::message::{
    Android, Category, FcmPriority, Field, Form, Harmony, Huawei, InterruptionLevel, Ios, IosSound, Key,
    MeizuNotifyType, MessageImportance, OfflinePushInfo, Oppo, OppoNotifyLevel, ServerOptions, VendorParams,
    VivoClassification, VivoNotifyType,
};

/// A push in the making.
#[derive(Debug, Default)]
struct Parts {
    title: String,
    desc: String,
    ext: String,
    disabled: bool,
    ios: Ios,
    android: Android,
    oppo: Oppo,
    huawei: Huawei,
    harmony: Harmony,
    params: VendorParams,
    server: ServerOptions,
    /// Values that no document lists.
    choices: Vec<(Field, Value)>,
}

impl Parts {
    /// Sets a field from a text that is not empty and a small number.
    fn set(&mut self, field: Field, text: &str, number: u8) {
        if number % 5 == 4 {
            let info = OfflinePushInfo::default();
            let value = [Value::from(text), Value::from(1_000 + i64::from(number))];
            if let Some(value) =
                value.into_iter().find(|value| info.clone().with_choice(field, value.clone()).is_ok())
            {
                self.choices.push((field, value));
                return;
            }
        }
        let (ios, android, oppo, huawei) =
            (self.ios.clone(), self.android.clone(), self.oppo.clone(), self.huawei.clone());
        let (harmony, params, server) = (self.harmony.clone(), self.params.clone(), self.server.clone());
        let url = format!("https://example.com/{number}.png");
        let choice = number % 2 == 0;
        let importance = [MessageImportance::Low, MessageImportance::Normal][usize::from(choice)];
        let classification = [VivoClassification::Operation, VivoClassification::System][usize::from(choice)];
        let meizu = [MeizuNotifyType::Public, MeizuNotifyType::Private][usize::from(choice)];
        let priority = [FcmPriority::Normal, FcmPriority::High][usize::from(choice)];
        let vivo = [VivoNotifyType::Silent, VivoNotifyType::RingAndVibrate][usize::from(choice)];
        let body = json!({ text: [number, text], "n": { "k": f64::from(number) / 7.0 } });
        match field {
            Field::Title => self.title = text.to_owned(),
            Field::Desc => self.desc = text.to_owned(),
            Field::Ext => self.ext = text.to_owned(),
            Field::PushFlag => self.disabled = true,
            Field::IosTitle => self.ios = ios.with_title(text),
            Field::IosSubtitle => self.ios = ios.with_subtitle(text),
            Field::IosSound => self.ios = ios.with_sound(IosSound::file(&format!("{text}.caf")).unwrap()),
            Field::IosBadgeMode => self.ios = ios.with_badge_counted(false),
            Field::IosPushType => self.ios = ios.with_voip(),
            Field::IosInterruptionLevel => {
                let levels = [InterruptionLevel::Passive, InterruptionLevel::Critical];
                self.ios = ios.with_interruption_level(levels[usize::from(choice)]);
            }
            Field::IosBackground => self.ios = ios.with_background(),
            Field::IosImage => self.ios = ios.with_image(url).unwrap(),
            Field::IosMutableContent => self.ios = ios.with_mutable_content(choice),
            Field::IosLiveActivity => self.ios = ios.with_live_activity(&body).unwrap(),
            Field::AndroidTitle => self.android = android.with_title(text),
            Field::AndroidSound => self.android = android.with_sound(format!("ring{number}")).unwrap(),
            Field::AndroidNotifyMode => {
                self.android = android.with_custom_notification();
            }
            Field::AndroidPushStyle => {
                self.android = android.with_big_text(number % 2 == 0);
            }
            Field::OppoChannel => self.oppo = oppo.with_channel(text),
            Field::OppoCategory => self.oppo = oppo.with_category(Category::new(text)),
            Field::OppoNotifyLevel => {
                let level = [OppoNotifyLevel::Bar, OppoNotifyLevel::Banner][usize::from(choice)];
                self.oppo = oppo.with_category(Category::IM).with_notify_level(level).unwrap();
            }
            Field::HuaweiCategory => self.huawei = huawei.with_category(Category::new(text)),
            Field::HuaweiImage => self.huawei = huawei.with_image(url).unwrap(),
            Field::HuaweiImportance => {
                self.huawei = huawei.with_importance(importance);
            }
            Field::HuaweiChannel => self.huawei = huawei.with_channel(text),
            Field::HuaweiExtAsIntentParam => self.huawei = huawei.with_ext_as_intent_param(choice),
            Field::XiaomiChannel => self.android = android.with_xiaomi_channel(text),
            Field::VivoClassification => {
                self.android = android.with_vivo_classification(classification);
            }
            Field::VivoCategory => self.android = android.with_vivo_category(Category::new(text)),
            Field::HonorImportance => {
                self.android = android.with_honor_importance(importance);
            }
            Field::HonorImage => self.android = android.with_honor_image(url).unwrap(),
            Field::MeizuNotifyType => {
                self.android = android.with_meizu_notify_type(meizu);
            }
            Field::FcmChannel => self.android = android.with_fcm_channel(text),
            Field::FcmImage => self.android = android.with_fcm_image(url).unwrap(),
            Field::HarmonyTitle => self.harmony = harmony.with_title(text),
            Field::HarmonyImage => self.harmony = harmony.with_image(url).unwrap(),
            Field::HarmonyCategory => self.harmony = harmony.with_category(Category::new(text)),
            Field::HarmonyIgnoreBadge => self.harmony = harmony.with_badge_ignored(),
            Field::HarmonySound => self.harmony = harmony.with_sound(format!("ring{number}.mp3")).unwrap(),
            Field::HarmonySoundDuration => {
                self.harmony = harmony.with_sound_duration(number % 60 + 1).unwrap();
            }
            Field::FcmPriority => self.params = params.with_fcm_priority(priority),
            Field::VivoNotifyType => {
                self.params = params.with_vivo_notify_type(vivo);
            }
            Field::OppoTemplateId => self.params = params.with_oppo_template(text),
            Field::OppoTitleParams => self.params = params.with_oppo_title_params(&body).unwrap(),
            Field::OppoContentParams => self.params = params.with_oppo_content_params(&body).unwrap(),
            Field::BadgeAdd => self.server = server.with_badge_add(u16::from(number % 99) + 1).unwrap(),
            Field::BadgeSet => self.server = server.with_badge_set(number.into()).unwrap(),
            Field::MultiLanguage => self.server = server.with_multi_language(&json!([body])).unwrap(),
            Field::TemplateId => self.params = params.with_push_template(text),
            Field::TemplateParam => self.params = params.with_push_template_params(&body).unwrap(),
            // Set by its own members.
            Field::VendorParams => {}
            other => panic!("no value for {other}"),
        }
    }

    fn push(self) -> OfflinePushInfo {
        let push = OfflinePushInfo::new(self.title, self.desc)
            .with_ext(Ext::from_text(self.ext))
            .with_ios(self.ios)
            .with_android(self.android.with_oppo(self.oppo).with_huawei(self.huawei))
            .with_harmony(self.harmony)
            .with_vendor_params(self.params)
            .with_server(self.server);
        let push = if self.disabled { push.with_push_disabled() } else { push };
        let set = |push: OfflinePushInfo, (field, value)| push.with_choice(field, value).unwrap();
        self.choices.into_iter().fold(push, set)
    }
}

/// The fields that a form carries.
fn carried(form: Form) -> Vec<Field> {
    let mut fields: Vec<_> = form.keys().map(Key::field).collect();
    if fields.contains(&Field::VendorParams) {
        fields.extend([
            Field::FcmPriority,
            Field::VivoNotifyType,
            Field::OppoTemplateId,
            Field::OppoTitleParams,
            Field::OppoContentParams,
        ]);
    }
    fields
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{1,12}",
        any::<String>().prop_filter("not empty", |text| !text.is_empty()),
        "[\"\\\\\u{0}-\u{1f}😀消a]{1,20}",
    ]
}

/// A push of fields that a form carries, each with a text and a number.
fn pushes(form: Form) -> impl Strategy<Value = OfflinePushInfo> {
    let fields = carried(form);
    let count = fields.len();
    let values = prop::collection::vec((texts(), any::<u8>()), count);
    (prop::sample::subsequence(fields, 0..=count), values).prop_map(move |(fields, values)| {
        let mut parts = Parts::default();
        for (field, (text, number)) in fields.into_iter().zip(values) {
            // The C API writes the common title for each platform: a title of its own differs, and stands
            // beside one.
            let text = match field {
                Field::IosTitle if form == Form::CApi => format!("{text} on iOS"),
                Field::AndroidTitle if form == Form::CApi => {
                    if parts.title.is_empty() {
                        parts.title = "common".to_owned();
                    }
                    format!("{text} on Android")
                }
                _ => text,
            };
            parts.set(field, &text, number);
        }
        parts.push()
    })
}

fn is_identity(form: Form, push: &OfflinePushInfo) -> Result<(), TestCaseError> {
    let written = push.write(form);
    // The web SDK drops some values that no document knows, so they are not written for it.
    prop_assume!(form != Form::Web || written.not_carried().is_empty());
    prop_assert_eq!(written.not_carried().len(), 0);
    // An escaped backslash may stand before anything.
    prop_assert!(!written.text().replace(r"\\", "").contains(r"\ud"));
    let reading = OfflinePushInfo::read(form, written.text()).unwrap();
    let odd = ["push-unknown-key", "push-wrong-type", "push-duplicate-key"];
    prop_assert!(!reading.findings().iter().any(|finding| odd.contains(&finding.rule().id())));
    prop_assert_eq!(reading.info(), push);
    Ok(())
}

proptest! {
    #[test]
    fn c_api_is_read_back(push in pushes(Form::CApi)) {
        is_identity(Form::CApi, &push)?;
    }

    #[test]
    fn rest_is_read_back(push in pushes(Form::Rest)) {
        is_identity(Form::Rest, &push)?;
    }

    #[test]
    fn v2tim_is_read_back(push in pushes(Form::V2tim)) {
        is_identity(Form::V2tim, &push)?;
        is_identity(Form::V2timArkTs, &push)?;
    }

    #[test]
    fn web_is_read_back(push in pushes(Form::Web)) {
        is_identity(Form::Web, &push)?;
    }

    /// Texts are escaped as `serde_json` escapes them.
    #[test]
    fn texts_are_written_as_serde_json_writes_them(text in texts()) {
        let written = OfflinePushInfo::new("", &text).write(Form::Rest);
        let expected = format!(r#"{{"Desc":{}}}"#, serde_json::to_string(&text).unwrap());
        prop_assert_eq!(written.text(), expected);
    }

    /// Whatever object is read, the same form gives all of it back that says something.
    #[test]
    fn no_leaf_is_lost((form, object) in objects()) {
        let reading = OfflinePushInfo::read(form, &object.to_string()).unwrap();
        let written = match reading.envelope() {
            Some(envelope) => envelope.write(reading.info()),
            None => reading.info().write(form),
        };
        prop_assert_eq!(written.not_carried().len(), 0);
        let out: Value = serde_json::from_str(written.text()).unwrap();
        let mut lost = Vec::new();
        leaves(&object, &mut String::new(), &mut |path, leaf| {
            if !is_default(form, path, leaf) && out.pointer(path) != Some(leaf) {
                lost.push(format!("{path} = {leaf}"));
            }
        });
        prop_assert!(lost.is_empty(), "{}: {:?} of {} in {}", form, lost, object, out);
    }

    /// The check ends with findings, whatever it is asked.
    #[test]
    fn cuts_are_between_characters(title in "\\PC{0,80}", desc in "\\PC{0,700}") {
        use tim_offline_push::message::Audience;
        use tim_offline_push::vendor::LimitProfile;

        let push = OfflinePushInfo::new(&title, &desc);
        for profile in [LimitProfile::Strict, LimitProfile::Latest] {
            for finding in push.check(&Audience::everyone().with_limits(profile)) {
                if let Some(cut) = finding.cut() {
                    let text = if finding.place() == Field::Title.as_str() { &title } else { &desc };
                    prop_assert!(text.is_char_boundary(cut.keeps_bytes));
                    prop_assert!(cut.keeps_bytes < text.len());
                    prop_assert!(cut.length > cut.limit);
                }
            }
        }
    }
}

/// Any two titles and objects of the C API's form, with any odd values, stand there again as they were.
#[test]
fn odd_titles_of_the_c_api_come_back() {
    let top = [
        json!(null),
        json!("t"),
        json!("s"),
        json!(true),
        json!({ "k": 1 }),
        json!([1]),
        json!(7),
        json!("7"),
    ];
    let groups = [json!(null), json!(true), json!("x"), json!([1]), json!({})];
    let platforms = |key: &str| {
        let titles = top.iter().map(|title| json!({ key: title }));
        groups.iter().cloned().chain(titles).collect::<Vec<_>>()
    };
    let android = platforms("android_offline_push_config_title");
    for ios in platforms("ios_offline_push_config_title") {
        for (title, android) in
            top.iter().flat_map(|title| android.iter().map(move |android| (title, android)))
        {
            let object = json!({
                "offline_push_config_title": title,
                "offline_push_config_ios_config": ios,
                "offline_push_config_android_config": android,
            });
            comes_back(&object).unwrap();
        }
    }
}

/// Any two members of the C API's form, which may be its inner objects, with any odd values, stand there
/// again as they were.
#[test]
fn odd_pairs_of_the_c_api_come_back() {
    let keys: Vec<_> = Form::CApi.keys().map(|key| (key.group(), key.name())).collect();
    let mut members = keys.clone();
    members.extend(keys.iter().filter(|(group, _)| !group.is_empty()).map(|(group, _)| ("", *group)));
    members.dedup();
    let odd = [
        json!("t"),
        json!("1"),
        json!(true),
        json!(3),
        json!(-2),
        json!(1.0),
        json!(["t"]),
        json!({ "k": 1 }),
    ];
    let put = |object: &mut Value, (group, key): (&str, &str), value: &Value| match group {
        "" => object[key] = value.clone(),
        group => object[group][key] = value.clone(),
    };
    for (at, one) in members.iter().enumerate() {
        // A key may stand there once only, and an inner object is there or something else in its place.
        let apart = |other: &&(&str, &str)| one.0 != other.1 && one.1 != other.0 && one != *other;
        for other in members.iter().skip(at).filter(apart) {
            for (first, second) in odd.iter().flat_map(|first| odd.iter().map(move |second| (first, second)))
            {
                let mut object = json!({});
                put(&mut object, *one, first);
                put(&mut object, *other, second);
                comes_back(&object).unwrap();
            }
        }
    }
}

/// Reads an object of the C API's form, and looks for all of it in what is written then.
fn comes_back(object: &Value) -> Result<(), TestCaseError> {
    let reading = OfflinePushInfo::read(Form::CApi, &object.to_string()).unwrap();
    let written = reading.info().write(Form::CApi);
    prop_assert_eq!(written.not_carried().len(), 0);
    let again = OfflinePushInfo::read(Form::CApi, written.text()).unwrap();
    prop_assert_eq!(again.info(), reading.info(), "{} as {}", object, written.text());
    let out: Value = serde_json::from_str(written.text()).unwrap();
    let mut lost = Vec::new();
    leaves(object, &mut String::new(), &mut |path, leaf| {
        if !is_default(Form::CApi, path, leaf) && out.pointer(path) != Some(leaf) {
            lost.push(format!("{path} = {leaf}"));
        }
    });
    prop_assert!(lost.is_empty(), "{:?} of {} in {}", lost, object, out);
    Ok(())
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2_i64..20).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        "[0-9a-z{}\"😀]{0,4}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-zA-Z/~]{0,3}", inner, 0..4)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// An object with keys of a form, and others, and values of any type under them. The C API, whose titles
/// depend on each other, has tests of its own.
fn objects() -> impl Strategy<Value = (Form, Value)> {
    prop::sample::select(vec![Form::Rest, Form::V2tim, Form::V2timArkTs, Form::Web]).prop_flat_map(|form| {
        let keys: Vec<_> = form.keys().map(|key| (key.group(), key.name())).collect();
        let groups: Vec<_> = keys.iter().map(|(group, _)| *group).collect();
        let known = prop::sample::select(keys).prop_map(|(group, key)| (group, key.to_owned()));
        let unknown = (prop::sample::select(groups), "[a-zA-Z]{1,3}");
        let member = (prop_oneof![4 => known, 1 => unknown], values());
        prop::collection::vec(member, 0..12).prop_map(move |members| {
            let mut object = Map::new();
            for ((group, key), value) in members {
                if group.is_empty() {
                    object.insert(key, value);
                } else if let Value::Object(inner) = object.entry(group).or_insert_with(|| json!({})) {
                    inner.insert(key, value);
                }
            }
            (form, Value::Object(object))
        })
    })
}

fn leaves(value: &Value, path: &mut String, visit: &mut impl FnMut(&str, &Value)) {
    let mut below = |key: &str, value: &Value| {
        let length = path.len();
        path.push('/');
        path.push_str(&key.replace('~', "~0").replace('/', "~1"));
        leaves(value, path, visit);
        path.truncate(length);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| below(key, value)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| below(&index.to_string(), value));
        }
        leaf => visit(path, leaf),
    }
}

fn is_default(form: Form, path: &str, leaf: &Value) -> bool {
    let blank = match leaf {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Bool(true) | Value::Array(_) | Value::Object(_) => false,
    };
    blank
        || (leaf == 1 && ["VIVOClassification", "vivo_classification"].iter().any(|key| path.ends_with(key)))
        || (leaf == -1
            && ["MeizuNotifyType", "MeiZuNoticeMsgType", "meizu_notify_type"]
                .iter()
                .any(|key| path.ends_with(key)))
        || (form == Form::Web && leaf == true && path == "/apnsInfo/disableVoipPush")
}
