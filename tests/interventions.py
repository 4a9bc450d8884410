"""Whatever management may do at whatever time, for hypothesis to choose from."""

from hypothesis import strategies as st

from orgsim.scenario import load

DESIGNS = tuple(load("six-designs").designs)
WAVES = ([], [["experience"], ["acquisition"], ["offer"]], [["offer", "experience"], ["acquisition"]])
WEEK = st.integers(0, 15)

transition = st.fixed_dictionaries(
    {"kind": st.just("transition"), "design": st.sampled_from(DESIGNS), "start_week": WEEK,
     "waves": st.sampled_from(WAVES), "wave_weeks": st.integers(1, 6)}
)  # fmt: skip
cut = st.fixed_dictionaries(
    {"kind": st.just("cut"), "start_week": WEEK, "share": st.floats(0, 0.6),
     "aim": st.sampled_from(["everybody", "least-visible", "overhead"])}
)  # fmt: skip
practice = st.fixed_dictionaries(
    {"practice": st.sampled_from(["automation", "mutual_aid", "autonomy", "data_sharing", "feedback"]),
     "to": st.floats(0, 1), "start_week": WEEK, "ramp_weeks": st.integers(0, 9)}
)  # fmt: skip
training = st.fixed_dictionaries({"kind": st.just("training"), "start_week": WEEK})
levers = st.dictionaries(
    st.sampled_from("abcd"), st.one_of(transition, transition, cut, practice, training), min_size=1
)
