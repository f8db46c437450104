//! Load and reachability over time, one panel a policy.

use std::error::Error;
use std::path::Path;

use plotters::prelude::*;

use crate::arguments::Options;
use crate::run::Outcome;
use crate::server::Second;

const WIDTH: u32 = 1_200;
const PANEL: u32 = 340;
/// At most this many points a line: a wider bin shows its busiest second.
const POINTS: usize = 600;

const LOAD: RGBColor = RGBColor(0x1f, 0x77, 0xb4);
const REACHABLE: RGBColor = RGBColor(0x2c, 0xa0, 0x2c);
const CAPACITY: RGBColor = RGBColor(0xd6, 0x27, 0x28);

/// Writes the plot.
pub(crate) fn write(
    file: &Path,
    options: &Options,
    outcomes: &[(&str, Outcome)],
) -> Result<(), Box<dyn Error>> {
    let panels = u32::try_from(outcomes.len())?;
    let mut text = String::new();
    {
        let root = SVGBackend::with_string(&mut text, (WIDTH, PANEL * panels)).into_drawing_area();
        root.fill(&WHITE)?;
        let longest = outcomes.iter().map(|(_, outcome)| outcome.seconds.len()).max().unwrap_or(1);
        for (area, (name, outcome)) in root.split_evenly((outcomes.len(), 1)).iter().zip(outcomes) {
            let title = format!("{}, {name}: {} phones", options.scenario.name, options.phones);
            let load = outcome.seconds.iter().map(|second| second.calls).max().unwrap_or(1);
            let top = f64::from(load.max(options.capacity.saturating_mul(2))) * 1.1;
            let minutes = minutes(longest);
            let mut chart = ChartBuilder::on(area)
                .caption(title, ("sans-serif", 20))
                .margin(12)
                .x_label_area_size(36)
                .y_label_area_size(70)
                .right_y_label_area_size(60)
                .build_cartesian_2d(0.0..minutes, 0.0..top)?
                .set_secondary_coord(0.0..minutes, 0.0..105.0);
            chart
                .configure_mesh()
                .disable_x_mesh()
                .max_light_lines(0)
                .x_desc("minutes")
                .y_desc("calls a second")
                .x_label_formatter(&|minute| format!("{minute:.0}"))
                .y_label_formatter(&|calls| format!("{calls:.0}"))
                .label_style(("sans-serif", 14))
                .draw()?;
            chart
                .configure_secondary_axes()
                .y_desc("% reachable")
                .y_label_formatter(&|percent| format!("{percent:.0}"))
                .label_style(("sans-serif", 14))
                .draw()?;
            let bin = outcome.seconds.len().div_ceil(POINTS).max(1);
            let bins = || outcome.seconds.chunks(bin).enumerate();
            let calls = bins().map(|(at, bin_of)| (minutes_at(at, bin), busiest(bin_of)));
            chart
                .draw_series(LineSeries::new(calls, &LOAD))?
                .label("calls (the busiest second)")
                .legend(|(x, y)| PathElement::new([(x, y), (x + 16, y)], LOAD));
            let capacity = f64::from(options.capacity);
            chart
                .draw_series(LineSeries::new([(0.0, capacity), (minutes, capacity)], &CAPACITY))?
                .label("capacity")
                .legend(|(x, y)| PathElement::new([(x, y), (x + 16, y)], CAPACITY));
            let share = 100.0 / f64::from(options.phones.max(1));
            let reachable = bins().map(|(at, bin_of)| {
                let phones = bin_of.last().map_or(0, |second| second.reachable);
                (minutes_at(at, bin), f64::from(phones) * share)
            });
            chart
                .draw_secondary_series(LineSeries::new(reachable, REACHABLE.stroke_width(2)))?
                .label("reachable (right axis)")
                .legend(|(x, y)| PathElement::new([(x, y), (x + 16, y)], REACHABLE.stroke_width(2)));
            chart
                .configure_series_labels()
                .position(SeriesLabelPosition::MiddleRight)
                .background_style(WHITE.mix(0.8))
                .label_font(("sans-serif", 14))
                .draw()?;
        }
        root.present()?;
    }
    // In a page of documentation it takes the width that there is.
    let text = text.replacen("<svg ", "<svg style=\"max-width: 100%; height: auto\" ", 1);
    std::fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(())
}

fn busiest(seconds: &[Second]) -> f64 {
    seconds.iter().map(|second| second.calls).max().map_or(0.0, f64::from)
}

fn minutes_at(bin: usize, seconds: usize) -> f64 {
    minutes(bin.saturating_mul(seconds))
}

fn minutes(seconds: usize) -> f64 {
    u32::try_from(seconds).map_or(f64::MAX, f64::from) / 60.0
}
