//! What only Android phones heed, vendor by vendor.

mod honor;
mod huawei;
mod meizu;
mod oppo;
mod options;
mod vivo;

pub use honor::HonorImportance;
pub use huawei::{Huawei, HuaweiCategory, HuaweiImportance};
pub use meizu::MeizuNotifyType;
pub use oppo::{Oppo, OppoCategory, OppoNotifyLevel};
pub use options::{Android, NotifyMode, PushStyle};
pub use vivo::{VivoCategory, VivoClassification};
