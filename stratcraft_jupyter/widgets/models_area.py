"""Everything about models in one place: its parts, and what drives them."""

from typing import Any

from stratcraft_jupyter.widgets.asking import Asking, Senders
from stratcraft_jupyter.widgets.code_jobs import CodeJobs
from stratcraft_jupyter.widgets.compare_button import CompareButton
from stratcraft_jupyter.widgets.compare_panel import ComparePanel
from stratcraft_jupyter.widgets.comparing import Comparing
from stratcraft_jupyter.widgets.consent_panel import ConsentPanel
from stratcraft_jupyter.widgets.cost_panel import CostPanel
from stratcraft_jupyter.widgets.generating import Generating
from stratcraft_jupyter.widgets.jobs import Jobs
from stratcraft_jupyter.widgets.listing import ModelListing
from stratcraft_jupyter.widgets.live_panel import LivePanel
from stratcraft_jupyter.widgets.look import Look
from stratcraft_jupyter.widgets.merge_panel import MergePanel
from stratcraft_jupyter.widgets.models import ModelSelector
from stratcraft_jupyter.widgets.models_panel import ModelsPanel
from stratcraft_jupyter.widgets.question_panel import QuestionPanel
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.verification_panel import VerificationPanel
from stratcraft_jupyter.widgets.verifying import Verifying
from stratcraft_jupyter.widgets.versions_panel import VersionsPanel


class ModelsArea:
    """Choosing models, asking them, and what comes of it.

    Attributes:
        asking: Shows what would be sent.
        controls: What stands in the toolbar.
        widgets: What stands below it, out of sight until it is needed.
    """

    def __init__(self, state: BuilderState, look: Look, jobs: Jobs) -> None:
        self.asking = Asking(state, jobs.work, jobs.code)
        code_jobs = CodeJobs(state, jobs.work, jobs.code)
        generating = Generating(state, jobs)
        verifying = Verifying(state, jobs)
        senders: Senders = {
            "generate": generating.send,
            "compare": Comparing(state, jobs).send,
        }
        panel = ModelsPanel(state, look, ModelListing(state, jobs.work))
        costs = CostPanel(state, look, jobs.work)
        compare = CompareButton(state, look, self.asking)
        selector = ModelSelector(state, look)
        self.controls: tuple[Any, ...] = (
            selector.widget,
            panel.button,
            costs.button,
            compare.widget,
        )
        self.widgets: tuple[Any, ...] = (
            panel.widget,
            costs.widget,
            QuestionPanel(state, look, self.asking, senders).widget,
            ConsentPanel(state, look, jobs.consent).widget,
            LivePanel(state, look).widget,
            VerificationPanel(state, look, verifying, generating).widget,
            ComparePanel(state, look, code_jobs).widget,
            MergePanel(state, look, code_jobs).widget,
            VersionsPanel(state, look, code_jobs).widget,
        )
