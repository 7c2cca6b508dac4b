"""The wheel and the source archive, built by hatchling out of the export of the commit."""

from pathlib import Path

from dev_console import step
from release.project import Project, run


def make(project: Project) -> tuple[Path, Path]:
    """Build both; the wheel and the source archive in `out`."""
    step("Building the wheel and the source archive")
    python = project.environment("build", ["build"])
    constraints = project.root / "packaging" / "constraints.txt"
    run(
        [python, "-m", "build", "--outdir", project.out, project.source],
        env={**project.environ, "PIP_CONSTRAINT": str(constraints)},
    )
    wheel = project.out / f"dingcomposer-{project.version}-py3-none-any.whl"
    return wheel, project.out / f"dingcomposer-{project.version}.tar.gz"
