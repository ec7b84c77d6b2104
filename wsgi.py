from config import settings_or_exit
from secretariat.web import create_app

app = create_app(settings_or_exit())
